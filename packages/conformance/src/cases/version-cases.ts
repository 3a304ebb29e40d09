import { expectFailure, expectPayload, expectRecord, expectSame, expectThat, fail } from "../bench/expect.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";
import { turns } from "./reading-cases.ts";

export const versionCases: readonly ConformanceCase[] = [
  {
    id: "versions/named",
    says: "A record bears the store's own id of its version, another one after each change.",
    needs: ["put", "versions"],
    async run(bench) {
      const name = bench.name();
      const first = idOf(await bench.seed.put(name, bench.value("first")));
      const second = idOf(await bench.seed.put(name, bench.value("second")));
      expectThat(first !== second, "the store names two versions alike");
      expectSame(expectRecord(await bench.read(name)).version, second, "the record's version");
    },
  },
  {
    id: "versions/never-mixed",
    says: "While a secret changes, a record's version is the version of its value.",
    needs: ["put", "versions"],
    async run(bench) {
      const name = bench.name();
      const values = new Map([[idOf(await bench.seed.put(name, "value-0")), "value-0"]]);
      const read = new Map<string, string | Uint8Array>();
      for (let round = 1; round <= 10; round += 1) {
        const reading = bench.read(name);
        await turns(round - 1);
        values.set(idOf(await bench.seed.put(name, `value-${round}`)), `value-${round}`);
        const { version, payload } = expectRecord(await reading);
        if (version !== undefined) read.set(version, payload);
      }
      for (const [version, payload] of read) {
        const known = values.get(version);
        expectThat(
          known === undefined || Buffer.from(payload).equals(Buffer.from(known)),
          "a value bears another's id",
        );
      }
    },
  },
  {
    id: "versions/by-id",
    says: "A version that is asked for by its id is given, also when it is no longer current.",
    needs: ["put", "version-ids"],
    async run(bench) {
      const [name, first] = [bench.name(), bench.value("first")];
      const id = idOf(await bench.seed.put(name, first));
      await bench.seed.put(name, bench.value("second"));
      expectPayload(await bench.read(name, { id }), first);
    },
  },
  {
    id: "versions/unknown-id",
    says: "An id that no version has is `version-not-found`; in a secret that is absent, `not-found` will do.",
    needs: ["put", "version-ids"],
    async run(bench) {
      const [name, other] = [bench.name("one"), bench.name("other")];
      await bench.seed.put(name, bench.value());
      const id = idOf(await bench.seed.put(other, bench.value()));
      await bench.seed.put(other, bench.value());
      const last = idOf(await bench.seed.put(other, bench.value()));
      expectFailure(await bench.read(name, { id: last }), ["version-not-found"], "the read by another secret's id");
      const codes = ["version-not-found", "not-found"] as const;
      expectFailure(await bench.read(await bench.absent(), { id }), codes, "the read in an absent secret");
    },
  },
];

/** What `put` and `stage` gave. */
export function idOf(id: string | undefined): string {
  return id ?? fail("`seed.put` and `seed.stage` give the version's id where records bear one");
}
