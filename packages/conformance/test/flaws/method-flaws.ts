import type { SecretSource } from "@secretsource/core/source";
import type { LabStore } from "../lab/lab-store.ts";
import { attempt, type Flaw, unheard } from "./flaw.ts";

type Probe = NonNullable<SecretSource["probe"]>;
type Watch = NonNullable<SecretSource["watch"]>;
type Leases = NonNullable<SecretSource["leases"]>;

function probing(spoilt: (probe: Probe, store: LabStore) => Probe): Flaw["spoil"] {
  return (source, store, broken) => {
    const probe: Probe = (ref, context) => attempt(source, async () => source.probe?.(ref, context) ?? missing());
    return { ...source, probe: broken ? spoilt(probe, store) : probe };
  };
}

function watching(spoilt: (watch: Watch, store: LabStore) => Watch): Flaw["spoil"] {
  return (source, store, broken) => {
    const watch: Watch = async (...given) => source.watch?.(...given) ?? missing();
    return { ...source, watch: broken ? spoilt(watch, store) : watch };
  };
}

function leasing(spoilt: (leases: Leases, store: LabStore) => Partial<Leases>): Flaw["spoil"] {
  return (source, store, broken) => {
    const { renew, revoke } = source.leases ?? missing();
    const leases: Leases = {
      renew: (id, context) => attempt(source, () => renew(id, context)),
      revoke: (id, context) => attempt(source, () => revoke(id, context)),
    };
    return { ...source, leases: broken ? { ...leases, ...spoilt(leases, store) } : leases };
  };
}

export const probeFlaws: readonly Flaw[] = [
  {
    what: "probes once and remembers",
    caughtBy: "probe/truthful",
    spoil: probing((probe) => {
      const known = new Map<string, Awaited<ReturnType<Probe>>>();
      return async (ref, context) => {
        const answer = await probe(ref, context);
        const key = JSON.stringify(ref);
        if (!("failure" in answer) && !known.has(key)) known.set(key, answer);
        return "failure" in answer ? answer : (known.get(key) ?? answer);
      };
    }),
  },
  {
    what: "probes the current version whatever is asked",
    caughtBy: "probe/each-stage",
    spoil: probing((probe) => (ref, context) => probe({ ...ref, version: "current" }, context)),
  },
  {
    what: "probes a version of what is absent",
    caughtBy: "probe/absent",
    spoil: probing((probe) => async (ref, context) => {
      const answer = await probe(ref, context);
      return "failure" in answer && answer.failure === "not-found" ? { version: "0" } : answer;
    }),
  },
  {
    what: "turns a denial of a probe into an absence",
    caughtBy: "probe/denied",
    spoil: probing((probe) => async (ref, context) => {
      const answer = await probe(ref, context);
      return "failure" in answer && answer.failure === "access-denied" ? { failure: "not-found" } : answer;
    }),
  },
  {
    what: "fetches the value to probe",
    caughtBy: "probe/no-value-travels",
    spoil: probing((probe, store) => async (ref, context) => {
      await store.request("value", context.signal, ref.name).catch(() => {});
      return probe(ref, context);
    }),
  },
  {
    what: "does not hear the signal in a probe",
    caughtBy: "deadlines/probe",
    spoil: probing((probe) => (ref) => probe(ref, unheard())),
  },
  {
    what: "takes a store that fails during a probe for one without the secret",
    caughtBy: "faults/probe",
    spoil: probing((probe) => async (ref, context) => {
      const answer = await probe(ref, context);
      return "failure" in answer && answer.failure === "unavailable" ? { failure: "not-found" } : answer;
    }),
  },
  {
    what: "gives the value with its probe",
    caughtBy: "leaks/probes",
    spoil: probing((probe, store) => async (ref, context) => {
      const answer = await probe(ref, context);
      return "failure" in answer ? answer : { ...answer, payload: store.find(ref.name, ref.version).payload };
    }),
  },
];

const never = new Promise<never>(() => {});

export const watchFlaws: readonly Flaw[] = [
  {
    what: "reports nothing",
    caughtBy: "watch/reports",
    spoil: watching((watch) => (name, _changed, context) => watch(name, () => {}, context)),
  },
  {
    what: "watches on after the abort",
    caughtBy: "watch/ends",
    spoil: watching((watch) => async (name, changed, context) => {
      const wasAborted = context.signal.aborted;
      await watch(name, changed, context);
      return wasAborted ? undefined : never;
    }),
  },
  {
    what: "watches although it was aborted before",
    caughtBy: "watch/aborted-before",
    spoil: watching(
      (watch) => async (name, changed, context) => (context.signal.aborted ? never : watch(name, changed, context)),
    ),
  },
  {
    what: "reports on after the abort",
    caughtBy: "watch/silent-afterwards",
    spoil: watching((watch, store) => async (name, changed, context) => {
      await watch(name, changed, context);
      store.watchers.get(name)?.add(changed);
    }),
  },
];

export const leaseFlaws: readonly Flaw[] = [
  {
    what: "renews without asking the store, what it granted",
    caughtBy: "leases/ended-by-the-store",
    lab: "minting",
    spoil: leasing(({ renew, revoke }) => {
      const revoked = new Set<string>();
      return {
        renew: async (id, context) => {
          const lease = await renew(id, context);
          const isKnown = id.startsWith("lease-") && !revoked.has(id) && !context.signal.aborted;
          return isKnown ? { id, ttlMs: 60_000, renewable: true } : lease;
        },
        revoke: async (id, context) => {
          revoked.add(id);
          return revoke(id, context);
        },
      };
    }),
  },
  {
    what: "renews for no time",
    caughtBy: "leases/renewed",
    lab: "minting",
    spoil: leasing(({ renew }) => ({
      renew: async (id, context) => {
        const lease = await renew(id, context);
        return "failure" in lease ? lease : { ...lease, ttlMs: 0 };
      },
    })),
  },
  {
    what: "revokes nothing",
    caughtBy: "leases/revoked",
    lab: "minting",
    spoil: leasing(() => ({ revoke: async () => {} })),
  },
  {
    what: "breaks over a lease that it does not know",
    caughtBy: "leases/unknown",
    lab: "minting",
    spoil: leasing(({ renew }) => ({
      renew: async (id, context) => (id.startsWith("lease-") ? renew(id, context) : missing()),
    })),
  },
  {
    what: "does not hear the signal in a renewal",
    caughtBy: "deadlines/renewal",
    lab: "minting",
    spoil: leasing(({ renew }) => ({ renew: (id) => renew(id, unheard()) })),
  },
];

function missing(): never {
  throw new TypeError("the source has no such method");
}
