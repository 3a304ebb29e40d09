import { expectRecord, expectThat } from "../bench/expect.ts";
import { newHandles, openHandles } from "../bench/open-handles.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

export const closeCases: readonly ConformanceCase[] = [
  {
    id: "close/unused",
    says: "A source that was never used can be closed.",
    needs: ["close"],
    async run(bench) {
      await bench.patience.within("close()", Promise.resolve(bench.source.close?.()));
    },
  },
  {
    id: "close/twice",
    says: "A source that is closed can be closed again.",
    needs: ["close"],
    async run(bench) {
      expectRecord(await bench.read(await bench.given()));
      await bench.patience.within("the first close()", Promise.resolve(bench.source.close?.()));
      await bench.patience.within("the second close()", Promise.resolve(bench.source.close?.()));
    },
  },
  {
    id: "close/leaves-nothing",
    says: "After reads, a failure and the close, no timer and no connection keeps the process from ending.",
    needs: [],
    async run(bench) {
      const names = [await bench.given(), await bench.absent()];
      const before = openHandles();
      const source = await bench.another();
      const context = { signal: new AbortController().signal, bypassCaches: true };
      for (const name of names) {
        const reading = source.read({ name, version: "current" }, context).catch(() => {});
        await bench.patience.within("read()", reading);
      }
      await bench.patience.within("close()", Promise.resolve(source.close?.()));
      const left = await newHandles(before, bench.patience);
      expectThat(left.length === 0, `it left behind: ${left.join(", ")}`);
    },
  },
];
