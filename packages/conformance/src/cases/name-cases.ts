import { bytesOf, expectFailure, expectPayload, expectSame, expectThat } from "../bench/expect.ts";
import { isFailure } from "../bench/outcome.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

export const nameCases: readonly ConformanceCase[] = [
  {
    id: "names/longest",
    says: "The longest legal name is read like any other.",
    needs: ["put"],
    async run(bench) {
      const { longest } = bench.harness.names;
      const value = bench.value();
      await bench.seed.put(longest, value);
      expectPayload(await bench.read(longest), value);
    },
  },
  {
    id: "names/strange",
    says: "Every legal name leads to its own secret, whatever it is made of.",
    needs: ["put"],
    async run(bench) {
      const values = new Map(bench.harness.names.strange.map((name) => [name, bench.value()]));
      for (const [name, value] of values) await bench.seed.put(name, value);
      for (const [name, value] of values) expectPayload(await bench.read(name), value, `the read of ${shown(name)}`);
    },
  },
  {
    id: "names/never-one",
    says: "Two names never lead to one secret: each has its own, or is refused as `invalid-request`.",
    needs: ["put"],
    async run(bench) {
      const names = bench.harness.names.alike;
      for (const name of names) await bench.seed.put(name, bench.value());
      const seen = new Map<string, string>();
      for (const name of names) {
        const answer = await bench.read(name);
        if (isFailure(answer)) {
          expectFailure(answer, ["invalid-request"], `the read of ${shown(name)}`);
          continue;
        }
        const payload = bytesOf(answer.payload).toString("latin1");
        const other = seen.get(payload);
        expectThat(other === undefined, `${shown(name)} and ${shown(other ?? "")} gave one and the same value`);
        seen.set(payload, name);
      }
      expectThat(names.length === 0 || seen.size > 0, "every one of the names was refused");
    },
  },
  {
    id: "names/illegal",
    says: "A name that the store cannot have is an `invalid-request`.",
    needs: ["illegal-names"],
    async run(bench) {
      for (const name of bench.harness.names.illegal) {
        expectFailure(await bench.read(name), ["invalid-request"], `the read of ${shown(name)}`);
      }
    },
  },
  {
    id: "names/illegal-stay-home",
    says: "A name that the store cannot have is refused before the network is used.",
    needs: ["illegal-names", "requests"],
    async run(bench) {
      for (const name of bench.harness.names.illegal) {
        const { all } = await bench.requestsOf(() => bench.read(name));
        expectSame(all, 0, `requests for ${shown(name)}`);
      }
    },
  },
];

function shown(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
