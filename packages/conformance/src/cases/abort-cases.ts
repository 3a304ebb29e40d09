import { expectFailure, expectRecord, expectSame, expectThat } from "../bench/expect.ts";
import { isFailure } from "../bench/outcome.ts";
import { startRead } from "../bench/start-read.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

const underWayMs = 20;
const aborted = ["aborted", "timeout"] as const;

export const abortCases: readonly ConformanceCase[] = [
  {
    id: "abort/before",
    says: "With a signal that is aborted already, a read settles at once and blames nothing else.",
    needs: [],
    async run(bench) {
      const answer = await bench.read(await bench.given(), "current", { signal: AbortSignal.abort() });
      if (isFailure(answer)) expectFailure(answer, aborted);
    },
  },
  {
    id: "abort/before-stays-home",
    says: "With a signal that is aborted already, the store is not asked.",
    needs: ["requests"],
    async run(bench) {
      const name = await bench.given();
      const { all } = await bench.requestsOf(() => bench.read(name, "current", { signal: AbortSignal.abort() }));
      expectSame(all, 0, "requests of a read that was aborted before");
    },
  },
  {
    id: "abort/at-once",
    says: "A read that is aborted as soon as it has begun settles, and does not take the abort for an absence.",
    needs: [],
    async run(bench) {
      const controller = new AbortController();
      const reading = bench.read(await bench.given(), "current", { signal: controller.signal });
      controller.abort();
      const answer = await reading;
      if (isFailure(answer)) expectFailure(answer, aborted);
    },
  },
  {
    id: "abort/during",
    says: "A read for which the store has no answer ends when it is aborted.",
    needs: ["hang"],
    async run(bench) {
      const name = await bench.given();
      await bench.fault("hang");
      const { reading, isOver, abort } = startRead(bench, name);
      await bench.patience.pass(underWayMs);
      expectThat(!isOver(), "the read ended although the store had not answered");
      abort();
      await bench.patience.within("read() after its signal was aborted", reading);
    },
  },
  {
    id: "abort/afterwards",
    says: "An abort after the answer concerns nothing that comes later.",
    needs: [],
    async run(bench) {
      const name = await bench.given();
      const controller = new AbortController();
      expectRecord(await bench.read(name, "current", { signal: controller.signal }), "the first read");
      controller.abort();
      await bench.patience.pass(underWayMs);
      expectRecord(await bench.read(name), "the read after the first one's signal was aborted");
    },
  },
];
