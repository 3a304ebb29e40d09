import { describeAnswer, expectPayload, fail } from "../bench/expect.ts";
import { isFailure } from "../bench/outcome.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

export const limitCases: readonly ConformanceCase[] = [
  ...[0, 1].map(
    (less): ConformanceCase => ({
      id: less === 0 ? "limits/at-most" : "limits/one-below",
      says: `A payload of ${less === 0 ? "exactly the most bytes" : "a byte less than the most"} comes back whole.`,
      needs: ["put", "limit"],
      async run(bench) {
        const name = bench.name();
        const payload = "x".repeat(limitOf(bench.harness.limitBytes, name) - less);
        await bench.seed.put(name, payload);
        expectPayload(await bench.read(name), payload);
      },
    }),
  ),
  {
    id: "limits/above",
    says: "A payload of a byte more is refused, when it is put or when it is read, and never cut short.",
    needs: ["put", "limit"],
    async run(bench) {
      const name = bench.name();
      const payload = "x".repeat(limitOf(bench.harness.limitBytes, name) + 1);
      try {
        await bench.seed.put(name, payload);
      } catch {
        // The store keeps its own limit: there is nothing to be read.
        return;
      }
      const answer = await bench.read(name);
      if (!isFailure(answer)) fail(`the read gave ${describeAnswer(answer)} although the limit is said to be lower`);
    },
  },
];

function limitOf(limit: number | ((name: string) => number) | undefined, name: string): number {
  return typeof limit === "function" ? limit(name) : (limit ?? fail("the case needs `limitBytes`"));
}
