import type { Bench } from "../bench/bench.ts";
import { bytesOf, expectFailure, expectRecord, expectThat } from "../bench/expect.ts";
import { isFailure } from "../bench/outcome.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

const gone = ["not-found", "invalid-request", "access-denied", "deleted"] as const;

export const leaseCases: readonly ConformanceCase[] = [
  {
    id: "leases/granted",
    says: "A credential that was minted comes with its lease: how long it lasts, and whether it can be renewed.",
    needs: ["mints", "grant"],
    async run(bench) {
      const { lease } = expectRecord(await bench.read(await bench.given()));
      expectThat(lease !== undefined, "the record has no lease");
      expectThat(typeof lease?.renewable === "boolean", "`lease.renewable` is missing");
      expectThat(Number.isFinite(lease?.ttlMs) && (lease?.ttlMs ?? 0) > 0, "`lease.ttlMs` is not above 0");
    },
  },
  {
    id: "leases/minted-anew",
    says: "Each read mints a credential of its own.",
    needs: ["mints", "grant"],
    async run(bench) {
      const name = await bench.given();
      const [first, second] = [expectRecord(await bench.read(name)), expectRecord(await bench.read(name))];
      expectThat(!bytesOf(first.payload).equals(bytesOf(second.payload)), "two reads gave one and the same credential");
    },
  },
  {
    id: "leases/renewed",
    says: "A lease that can be renewed is renewed, and says how long it lasts now.",
    needs: ["mints", "grant", "leases"],
    async run(bench) {
      const id = await leaseId(bench);
      if (id === undefined) return;
      const lease = await bench.renew(id);
      expectThat(!isFailure(lease), "the renewal failed");
      expectThat(isFailure(lease) || lease.ttlMs > 0, "`ttlMs` of the renewed lease is not above 0");
    },
  },
  {
    id: "leases/revoked",
    says: "A lease that was revoked is over: it cannot be renewed any more.",
    needs: ["mints", "grant", "leases"],
    async run(bench) {
      const id = await leaseId(bench);
      if (id === undefined) return;
      expectThat(!isFailure(await bench.revoke(id)), "the revocation failed");
      expectFailure(await bench.renew(id), gone, "the renewal after the revocation");
    },
  },
  {
    id: "leases/ended-by-the-store",
    says: "The renewal of a lease that the store has ended fails, with a code that says that it is over.",
    needs: ["mints", "grant", "leases", "endLease"],
    async run(bench) {
      const id = await leaseId(bench);
      if (id === undefined) return;
      await bench.seed.endLease(id);
      expectFailure(await bench.renew(id), gone, "the renewal");
    },
  },
  {
    id: "leases/unknown",
    says: "The renewal of a lease that there never was fails, with a code that says so.",
    needs: ["mints", "leases"],
    async run(bench) {
      expectFailure(await bench.renew(bench.name("no-such-lease")), gone, "the renewal");
    },
  },
];

/** Of a new credential. Undefined where its lease has none, as a certificate's: there is nothing to renew. */
async function leaseId(bench: Bench): Promise<string | undefined> {
  const { lease } = expectRecord(await bench.read(await bench.given()));
  return lease?.renewable === true ? lease.id : undefined;
}
