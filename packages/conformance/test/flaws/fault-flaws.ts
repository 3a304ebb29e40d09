import { faultNames, faults } from "../../src/harness/faults.ts";
import type { FaultName } from "../../src/index.ts";
import { answering, attempt, type Flaw, failing, reading } from "./flaw.ts";

const silent: ReadonlySet<FaultName> = new Set(["slow", "hang", "trickle"]);

const misnamed = faultNames
  .filter((name) => !silent.has(name))
  .map(
    (name): Flaw => ({
      what: `takes an absence out of this: ${faults[name].what}`,
      caughtBy: `faults/${name}`,
      spoil: failing((failure, { name: secretName }, store) =>
        store.fault === name && secretName !== "" ? { ...failure, failure: "not-found" } : failure,
      ),
    }),
  );

export const faultFlaws: readonly Flaw[] = [
  ...misnamed,
  {
    what: "has no patience with a slow store",
    caughtBy: "faults/slow",
    spoil: answering((answer, _ref, store) => (store.fault === "slow" ? { failure: "unavailable" } : answer)),
  },
  ...(["throttled-with-wait", "unavailable-with-wait"] as const).map(
    (name): Flaw => ({
      what: `forgets how long to wait: ${faults[name].what}`,
      caughtBy: `faults/${name}-is-passed-on`,
      spoil: failing(({ retryAfterMs, ...failure }, _ref, store) =>
        store.fault === name || retryAfterMs === undefined ? failure : { ...failure, retryAfterMs },
      ),
    }),
  ),
  {
    what: "makes a time up for which to wait",
    caughtBy: "faults/no-wait-made-up",
    spoil: failing((failure) => (failure.failure === "throttled" ? { retryAfterMs: 7000, ...failure } : failure)),
  },
  {
    what: "retries by itself",
    caughtBy: "faults/one-attempt",
    spoil: reading(async (source, ref, context) => {
      const answer = await attempt(source, () => source.read(ref, context));
      return answer.failure === "unavailable" ? source.read(ref, context) : answer;
    }),
  },
  {
    what: "does not come back after a reset",
    caughtBy: "faults/recovers",
    spoil(source, store, broken) {
      let isDead = false;
      return {
        ...source,
        async read(ref, context) {
          if (isDead && store.fault === undefined) return { failure: "unavailable" };
          const answer = await attempt(source, () => source.read(ref, context));
          if (broken && store.fault === "reset-after") isDead = true;
          return answer;
        },
      };
    },
  },
  {
    what: "takes its token to another host",
    caughtBy: "faults/redirect-keeps-the-token",
    spoil: failing((failure, _ref, store) => {
      if (store.fault === "redirect") store.elsewhere.push(`authorization: Bearer ${store.token}`);
      return failure;
    }),
  },
  {
    what: "takes in whatever is sent",
    caughtBy: "faults/huge-is-not-kept",
    spoil: failing((failure, _ref, store) => {
      if (store.fault === "huge") store.takenBytes += 100 * 1024 * 1024;
      return failure;
    }),
  },
];
