import type { SecretSource, SourceFailure } from "@secretsource/core/source";
import { classifyLab } from "./lab-classify.ts";
import { known, recordOf } from "./lab-source.ts";
import type { LabStore } from "./lab-store.ts";

const unsupported: SourceFailure = {
  failure: "unsupported",
  advice: "It has current versions of texts and no others.",
};

/** A source that does the least: the current version, of texts. */
export function plainLabSource(store: LabStore): SecretSource {
  return {
    specVersion: 1,
    kind: "lab-store",
    traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false },
    read: (ref, { signal }) =>
      known(ref, async () => {
        if (ref.version !== "current") return unsupported;
        await store.request("value", signal, ref.name);
        const record = recordOf(store, ref);
        return typeof record.payload === "string" ? record : unsupported;
      }),
    classify: classifyLab,
  };
}

/** A source that mints what it gives. */
export function mintingLabSource(store: LabStore): SecretSource {
  return {
    specVersion: 1,
    kind: "lab-store",
    traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: true },
    read: (ref, { signal }) =>
      known(ref, async () => {
        await store.request("value", signal, ref.name);
        const { payload, leaseId, ttlMs } = store.mint(ref.name);
        return { payload, lease: { id: leaseId, ttlMs, renewable: true } };
      }),
    leases: {
      async renew(id, { signal }) {
        await store.request("metadata", signal);
        return { id, ttlMs: store.renew(id), renewable: true };
      },
      async revoke(id, { signal }) {
        await store.request("metadata", signal);
        store.leases.delete(id);
      },
    },
    classify: classifyLab,
    close: async () => {},
  };
}
