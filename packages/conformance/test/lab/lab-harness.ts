import { randomUUID } from "node:crypto";
import type { SecretSource } from "@secretsource/core/source";
import { faultNames } from "../../src/harness/faults.ts";
import type { FaultName, Lack, SourceHarness } from "../../src/index.ts";
import { LabSecret } from "./lab-secret.ts";
import { labLimitBytes, labLongestName, labSource } from "./lab-source.ts";
import { LabStore } from "./lab-store.ts";
import { mintingLabSource, plainLabSource } from "./other-lab-sources.ts";

/** Puts something between the suite and the source. */
export type Spoil = (source: SecretSource, store: LabStore) => SecretSource;

const noSpoil: Spoil = (source) => source;

type Common = Omit<SourceHarness<LabStore>, "name" | "promises" | "make" | "seed" | "lacks">;

const common: Common = {
  open: () => new LabStore(),
  names: {
    longest: "n".repeat(labLongestName),
    strange: ["a/b", "a b", "..", "näme", "🔑"],
    alike: ["a/b", "a-b", "a_b", "A/B"],
    illegal: ["a!", "n".repeat(labLongestName + 1)],
  },
  limitBytes: labLimitBytes,
  faults: Object.fromEntries(faultNames.map((name) => [name, (store: LabStore) => store.suffer(name)])) as Record<
    FaultName,
    (store: LabStore) => void
  >,
  heal: (store) => store.suffer(undefined),
  requests: ({ requests }) => requests,
  credentials: ({ token }) => [token],
  elsewhere: (store) => store.elsewhere,
  takenBytes: (store) => store.takenBytes,
  clock: ({ clock }) => clock,
  end: ({ leftBehind }) => leftBehind.forEach(clearInterval),
};

const seed = {
  put: (store, name, payload) => store.put(name, payload),
  stage: (store, name, payload) => store.stage(name, payload),
  promote: ({ secrets }, name) => secrets.get(name)?.makeCurrent(secrets.get(name)?.find("pending")),
  rollBack: ({ secrets }, name) => secrets.get(name)?.makeCurrent(secrets.get(name)?.find("previous")),
  label: (store, name, label, id) => store.label(name, label, id),
  disable(store, name) {
    store.find(name, "current").disabled = true;
  },
  remove: (store, name) => store.remove(name),
  deny(store, name) {
    const secret = store.secrets.get(name);
    if (secret !== undefined) secret.denied = true;
  },
  denyBatch(store) {
    store.batchDenied = true;
  },
} satisfies SourceHarness<LabStore>["seed"];

export function labHarness(spoil: Spoil = noSpoil): SourceHarness<LabStore> {
  return {
    ...common,
    name: "lab",
    promises: {
      stages: ["current", "previous", "pending"],
      versions: true,
      versionIds: true,
      labels: true,
      binary: true,
      mints: false,
      methods: ["batch", "probe", "watch", "close"],
    },
    make: (store) => spoil(labSource(store), store),
    seed,
    lacks: [],
  };
}

export function plainLabHarness(spoil: Spoil = noSpoil): SourceHarness<LabStore> {
  const promises = { stages: ["current"], versions: true, versionIds: false, labels: false } as const;
  return {
    ...common,
    name: "plain lab",
    promises: { ...promises, binary: false, mints: false, methods: [] },
    make: (store) => spoil(plainLabSource(store), store),
    seed,
    lacks: [],
  };
}

/** The plain one, before a store that chooses its values. */
export function choosingLabHarness(spoil: Spoil = noSpoil): SourceHarness<LabStore> {
  const { limitBytes: _, ...rest } = plainLabHarness(spoil);
  const { remove, deny, disable } = seed;
  return {
    ...rest,
    name: "choosing lab",
    seed: { rotate: (store, name) => void store.put(name, `chosen-${randomUUID()}`), remove, deny, disable },
    lacks: [
      { what: ["put", "bytes", "empty-values", "limit"], because: "The store chooses its values itself." },
      { what: ["stage", "promote", "rollBack", "label"], because: "It has one value and no state." },
    ],
  };
}

const mintingLacks: readonly Lack[] = [{ what: ["limit"], because: "The store makes its values itself." }];

export function mintingLabHarness(spoil: Spoil = noSpoil): SourceHarness<LabStore> {
  const promises = { stages: ["current"], versions: false, versionIds: false, labels: false } as const;
  const { limitBytes: _, ...rest } = common;
  return {
    ...rest,
    name: "minting lab",
    promises: { ...promises, binary: false, mints: true, methods: ["leases", "close"] },
    make: (store) => spoil(mintingLabSource(store), store),
    seed: {
      grant: (store, name) => void store.roles.add(name),
      remove: (store, name) => void store.roles.delete(name),
      deny(store, name) {
        const secret = new LabSecret();
        secret.denied = true;
        store.secrets.set(name, secret);
      },
      endLease: (store, leaseId) => void store.leases.delete(leaseId),
    },
    lacks: mintingLacks,
  };
}
