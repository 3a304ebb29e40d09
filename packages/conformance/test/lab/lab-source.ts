import type { SecretRecord, SecretRef, SecretSource, SourceContext, SourceFailure } from "@secretsource/core/source";
import { classifyLab } from "./lab-classify.ts";
import { LabRefusal } from "./lab-errors.ts";
import type { LabStore } from "./lab-store.ts";

const labBatchLimit = 5;
export const labLimitBytes = 1024;
export const labLongestName = 200;

const illegal: SourceFailure = {
  failure: "invalid-request",
  advice: "Names have no exclamation mark and 200 letters.",
};

/** A source that does everything as the contract says. */
export function labSource(store: LabStore): SecretSource {
  const source: SecretSource = {
    specVersion: 1,
    kind: "lab-store",
    traits: {
      stages: ["current", "previous", "pending"],
      versionIds: true,
      labels: true,
      binary: true,
      mints: false,
    },
    read: (ref, context) => known(ref, () => readOne(store, ref, context)),
    batch: { limit: labBatchLimit, read: (refs, context) => readSeveral(store, refs, context) },
    probe: (ref, { signal }) =>
      known(ref, async () => {
        await store.request("metadata", signal);
        return { version: store.find(ref.name, ref.version).id };
      }),
    async watch(name, changed, { signal }) {
      const watchers = store.watchers.get(name) ?? new Set();
      store.watchers.set(name, watchers.add(changed));
      await until(signal);
      watchers.delete(changed);
    },
    classify: classifyLab,
    close: async () => {},
  };
  return source;
}

async function readOne(store: LabStore, { name, version }: SecretRef, { signal }: SourceContext) {
  await store.request("value", signal, name);
  return recordOf(store, { name, version });
}

export function recordOf(store: LabStore, { name, version }: SecretRef): SecretRecord {
  const { id, payload, createdAt } = store.find(name, version);
  if (Buffer.byteLength(payload) > labLimitBytes) throw new LabRefusal(200, "too-large");
  const own = typeof payload === "string" ? payload : new Uint8Array(payload);
  return { payload: own, version: id, createdAt, metadata: { owner: "lab" }, requestId: "request-1" };
}

async function readSeveral(
  store: LabStore,
  refs: readonly SecretRef[],
  { signal }: SourceContext,
): Promise<readonly (SecretRecord | SourceFailure | "alone")[] | SourceFailure> {
  await store.request("value", signal, refs[0]?.name);
  if (store.batchDenied) throw new LabRefusal(403, "denied");
  if (refs.length > labBatchLimit) throw new LabRefusal(400, "invalid");
  return refs.map((ref) => {
    if (typeof ref.version === "object") return "alone";
    try {
      return recordOf(store, ref);
    } catch (error) {
      return classifyLab(error) ?? "alone";
    }
  });
}

export async function known<T>({ name }: SecretRef, work: () => Promise<T>): Promise<T | SourceFailure> {
  return name.includes("!") || name.length > labLongestName ? illegal : work();
}

export function until(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
