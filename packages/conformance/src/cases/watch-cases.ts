import type { Bench } from "../bench/bench.ts";
import { expectSame, expectThat, fail } from "../bench/expect.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

// Long enough for a watch to be in place, and for a report that ought not to come.
const quietMs = 50;

export const watchCases: readonly ConformanceCase[] = [
  {
    id: "watch/reports",
    says: "A change of the secret is reported.",
    needs: ["put", "watch"],
    async run(bench) {
      const watch = await watched(bench);
      await bench.seed.put(watch.name, bench.value("second"));
      await bench.patience.within("the report of the change", watch.reported);
      watch.stop();
    },
  },
  {
    id: "watch/ends",
    says: "A watch ends when its signal is aborted.",
    needs: ["put", "watch"],
    async run(bench) {
      const watch = await watched(bench);
      watch.stop();
      await bench.patience.within("watch() after its signal was aborted", watch.ended);
    },
  },
  {
    id: "watch/aborted-before",
    says: "A watch whose signal is aborted already ends at once.",
    needs: ["watch"],
    async run(bench) {
      const name = await bench.given();
      const context = { signal: AbortSignal.abort(), bypassCaches: false };
      const ended = settled(async () => (bench.source.watch ?? missing())(name, () => {}, context));
      await bench.patience.within("watch() with an aborted signal", ended);
    },
  },
  {
    id: "watch/silent-afterwards",
    says: "A watch that has ended reports nothing any more.",
    needs: ["put", "watch"],
    async run(bench) {
      const watch = await watched(bench);
      watch.stop();
      await bench.patience.pass(quietMs);
      const before = watch.reports();
      await bench.seed.put(watch.name, bench.value("second"));
      await bench.patience.pass(quietMs);
      expectSame(watch.reports() - before, 0, "reports after the end");
    },
  },
];

interface Watch {
  readonly name: string;
  readonly reported: Promise<void>;
  readonly ended: Promise<void>;
  reports(): number;
  stop(): void;
}

/** A watch that is in place, over a secret that is there. */
async function watched(bench: Bench): Promise<Watch> {
  const name = await bench.given();
  const controller = new AbortController();
  const first = Promise.withResolvers<void>();
  let reports = 0;
  const changed = () => {
    reports += 1;
    first.resolve();
  };
  const context = { signal: controller.signal, bypassCaches: false };
  let over = false;
  const ended = settled(async () => (bench.source.watch ?? missing())(name, changed, context)).then(() => {
    over = true;
  });
  await bench.patience.pass(quietMs);
  expectThat(!over, "watch() ended by itself");
  return { name, reported: first.promise, ended, reports: () => reports, stop: () => controller.abort() };
}

function missing(): never {
  return fail("the source promises `watch` and has none");
}

/** However it ends. */
async function settled(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch {
    // An abort is an end.
  }
}
