import { expectFailure, expectThat } from "../bench/expect.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

// What an object that is used as a map seems to hold.
const inherited = ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__", "prototype"];

export const absenceCases: readonly ConformanceCase[] = [
  {
    id: "absence/absent",
    says: "A secret that the store does not have is `not-found`.",
    needs: [],
    async run(bench) {
      expectFailure(await bench.read(await bench.absent()), ["not-found"]);
    },
  },
  {
    id: "absence/inherited-names",
    says: "Names that every JavaScript object has are names of no secret.",
    needs: [],
    async run(bench) {
      for (const name of inherited) {
        expectFailure(
          await bench.read(await bench.absent(name)),
          ["not-found", "invalid-request"],
          `the read of ${name}`,
        );
      }
    },
  },
  {
    id: "absence/beginnings",
    says: "The beginning of a name, or a name with something behind it, finds nothing.",
    needs: [],
    async run(bench) {
      const name = await bench.given("whole");
      for (const other of [name.slice(0, -1), `${name}x`]) {
        expectFailure(await bench.read(await bench.absent(other)), ["not-found"], `the read of ${other}`);
      }
    },
  },
  {
    id: "absence/removed",
    says: "A secret that was deleted is `deleted`, or `not-found` where the store does not tell them apart.",
    needs: ["remove"],
    async run(bench) {
      const name = await bench.given();
      await bench.seed.remove(name);
      expectFailure(await bench.read(name), ["not-found", "deleted"]);
    },
  },
  {
    id: "absence/disabled",
    says: "A version that is disabled is `disabled`, and neither absent nor denied.",
    needs: ["disable"],
    async run(bench) {
      const name = await bench.given();
      await bench.seed.disable(name);
      expectFailure(await bench.read(name), ["disabled"]);
    },
  },
  {
    id: "absence/denied",
    says: "A secret that may not be read is `access-denied`, and not absent.",
    needs: ["deny"],
    async run(bench) {
      const name = await bench.given();
      await bench.seed.deny(name);
      expectFailure(await bench.read(name), ["access-denied"]);
    },
  },
  {
    id: "absence/denial-says-what-to-do",
    says: "A denial comes with an advice: a whole sentence, such as the permission that is missing.",
    needs: ["deny"],
    async run(bench) {
      const name = await bench.given();
      await bench.seed.deny(name);
      const { failure, advice = "" } = (await bench.read(name)) as { failure?: string; advice?: string };
      expectThat(failure === undefined || /^\S.*[.!?]$/s.test(advice), "the failure has no advice that is a sentence");
    },
  },
];
