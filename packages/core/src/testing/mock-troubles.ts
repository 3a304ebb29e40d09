import { displayName } from "../errors/display-name.ts";
import { type FailureCode, failureCodes } from "../errors/error-code.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";
import { parseDuration } from "../time/duration.ts";
import type { MockMethod } from "./mock-call.ts";
import type { MockControls } from "./mock-controls.ts";
import type { Script } from "./mock-faults.ts";
import type { MockParts } from "./mock-methods.ts";

type Troubles = Pick<MockControls, "fail" | "failAll" | "delay" | "hang" | "restore">;

const methods: readonly unknown[] = ["read", "batch", "probe", "renew", "revoke"] satisfies MockMethod[];

/** What goes wrong, and what ends it. */
export function troublesOf({ faults, store }: MockParts): Troubles {
  return {
    fail(name, code, options) {
      store.known(name);
      faults.add({ name, ...failing(code, options, `fail(${displayName(name)}, "${code}")`) });
    },
    failAll(code, options) {
      faults.add({ name: undefined, ...failing(code, options, `failAll("${code}")`) });
    },
    delay(name, by) {
      store.known(name);
      faults.add({ name, what: "delay", delayMs: parseDuration(by, "by") });
    },
    hang(name) {
      store.known(name);
      faults.add({ name, what: "hang" });
    },
    restore(name) {
      const known = name === undefined ? [...store.entries.values()] : [store.known(name)];
      for (const entry of known) if (entry !== "absent") entry.restore();
      faults.end(name);
    },
  };
}

function failing(
  code: FailureCode,
  options: unknown,
  call: string,
): Pick<Script, "what" | "on" | "times"> & { readonly answer: SourceFailure } {
  if (!failureCodes.includes(code)) invalidOptions(`A source can fail with one of ${failureCodes.join(", ")}.`);
  const known = ["times", "retryAfter", "on"] as const;
  const { times = Number.POSITIVE_INFINITY, retryAfter, on } = readOptions(options, known, "The options of fail()");
  if (!isCount(times)) return invalidOptions("`times` must be a whole number above 0.");
  if (on !== undefined && !methods.includes(on)) invalidOptions(`\`on\` must be one of ${methods.join(", ")}.`);
  const retryAfterMs = retryAfter === undefined ? undefined : parseDuration(retryAfter, "retryAfter");
  const advice = `The test scripted it: ${call}.`;
  const answer = { failure: code, advice, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return { what: code, on: on as MockMethod | undefined, times, answer };
}

function isCount(times: unknown): times is number {
  return typeof times === "number" && times > 0 && (Number.isInteger(times) || times === Number.POSITIVE_INFINITY);
}
