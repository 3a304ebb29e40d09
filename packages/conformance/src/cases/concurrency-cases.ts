import { expectPayload, expectRecord } from "../bench/expect.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

export const concurrencyCases: readonly ConformanceCase[] = [
  {
    id: "concurrency/hundred",
    says: "A hundred reads at once get a hundred answers, each its own.",
    needs: ["put"],
    async run(bench) {
      const values = new Map(Array.from({ length: 20 }, (_, index) => [bench.name(`n${index}`), bench.value()]));
      for (const [name, value] of values) await bench.seed.put(name, value);
      const names = Array.from({ length: 5 }, () => [...values.keys()]).flat();
      const answers = await Promise.all(names.map((name) => bench.read(name)));
      for (const [index, answer] of answers.entries()) {
        expectPayload(answer, values.get(names[index] ?? "") ?? "", `read ${index}`);
      }
    },
  },
  {
    id: "concurrency/one-gives-up",
    says: "Of ten reads of one secret, the one that is aborted does not disturb the others.",
    needs: [],
    async run(bench) {
      const name = await bench.given();
      const controller = new AbortController();
      const first = bench.read(name, "current", { signal: controller.signal });
      const others = Array.from({ length: 9 }, () => bench.read(name));
      controller.abort();
      for (const answer of await Promise.all(others)) expectRecord(answer);
      await first;
    },
  },
];
