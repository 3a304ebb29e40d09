import type { SecretRecord, SecretSource } from "@secretsource/core/source";
import { recordOf, until } from "../lab/lab-source.ts";
import type { LabStore } from "../lab/lab-store.ts";
import { changing, type Flaw, failing, reading } from "./flaw.ts";

/** Other members than the source has. */
function having(members: (source: SecretSource, store: LabStore) => Partial<SecretSource>): Flaw["spoil"] {
  return (source, store, broken) => ({ ...source, ...(broken && members(source, store)) });
}

/** Answers what the plain source does not promise. */
function answeringAll(which: (version: unknown) => boolean): Flaw["spoil"] {
  return reading(async (source, ref, context, store) =>
    which(ref.version) && store.secrets.get(ref.name)?.find(ref.version)
      ? recordOf(store, ref)
      : source.read(ref, context),
  );
}

const isObjectWith = (key: string) => (version: unknown) =>
  typeof version === "object" && version !== null && key in version;

export const contractFlaws: readonly Flaw[] = [
  { what: "calls itself in capitals", caughtBy: "shape/source", spoil: having(() => ({ kind: "Lab Store" })) },
  {
    what: "gives numbers for texts",
    caughtBy: "shape/record",
    lab: "minting",
    spoil: changing((record) => ({ ...record, requestId: 7 as unknown as string })),
  },
  {
    what: "gives a sentence for an identifier",
    caughtBy: "shape/failure",
    spoil: failing((failure) => ({ ...failure, native: { code: "there is no such secret here" } })),
  },
  {
    what: "takes every error for an absence",
    caughtBy: "shape/classify",
    spoil: having(({ classify }) => ({ classify: (error) => classify(error) ?? { failure: "not-found" } })),
  },
  {
    what: "takes every error for an outage",
    caughtBy: "shape/classify",
    spoil: having(({ classify }) => ({ classify: (error) => classify(error) ?? { failure: "unavailable" } })),
  },
  {
    what: "has a method that it does not promise",
    caughtBy: "honesty/methods",
    lab: "plain",
    spoil: having(() => ({ watch: (_name, _changed, { signal }) => until(signal) })),
  },
  {
    what: "denies what it can do",
    caughtBy: "honesty/traits",
    spoil: having(({ traits }) => ({ traits: { ...traits, labels: false } })),
  },
  {
    what: "knows stages and does not say so",
    caughtBy: "honesty/stages",
    lab: "plain",
    spoil: answeringAll((version) => version === "previous"),
  },
  {
    what: "knows version ids and does not say so",
    caughtBy: "honesty/ids",
    lab: "plain",
    spoil: answeringAll(isObjectWith("id")),
  },
  {
    what: "knows labels and does not say so",
    caughtBy: "honesty/labels",
    lab: "plain",
    spoil: answeringAll(isObjectWith("label")),
  },
  {
    what: "bends bytes into a text",
    caughtBy: "honesty/bytes",
    lab: "plain",
    spoil: reading(async (source, ref, context, store) => {
      const payload = store.secrets.get(ref.name)?.find(ref.version)?.payload;
      return payload instanceof Uint8Array ? { payload: Buffer.from(payload).toString() } : source.read(ref, context);
    }),
  },
  {
    what: "grants leases and does not say so",
    caughtBy: "honesty/mints",
    lab: "plain",
    spoil: changing((record): SecretRecord => ({ ...record, lease: { ttlMs: 60_000, renewable: false } })),
  },
  {
    what: "mints without a lease",
    caughtBy: "leases/granted",
    lab: "minting",
    spoil: changing(({ lease: _, ...record }) => record),
  },
  {
    what: "gives one credential to all",
    caughtBy: "leases/minted-anew",
    lab: "minting",
    spoil(source, _store, broken) {
      let first: string | Uint8Array | undefined;
      return {
        ...source,
        async read(ref, context) {
          const answer = await source.read(ref, context);
          if (answer.failure !== undefined) return answer;
          first ??= answer.payload;
          return broken ? { ...answer, payload: first } : answer;
        },
      };
    },
  },
];
