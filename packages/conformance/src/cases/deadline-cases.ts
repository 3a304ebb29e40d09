import { expectRecord, expectThat } from "../bench/expect.ts";
import { isFailure } from "../bench/outcome.ts";
import { startRead } from "../bench/start-read.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

const deadlineMs = 100;
const tenMinutesMs = 10 * 60 * 1000;

export const deadlineCases: readonly ConformanceCase[] = [
  {
    id: "deadlines/trickle",
    says: "An answer that never comes to its end is given up at the deadline.",
    needs: ["trickle"],
    async run(bench) {
      const name = await bench.given();
      await bench.fault("trickle");
      const answer = await bench.read(name, "current", { signal: bench.patience.deadline(deadlineMs) });
      expectThat(isFailure(answer), "the read gave a record although the answer was not complete");
    },
  },
  {
    id: "deadlines/batch",
    says: "A batch for which the store has no answer is given up at the deadline.",
    needs: ["put", "hang", "batch"],
    async run(bench) {
      const refs = [{ name: await bench.given(), version: "current" } as const];
      await bench.fault("hang");
      const answers = await bench.readBatch(refs, { signal: bench.patience.deadline(deadlineMs) });
      expectThat(isFailure(answers) || answers.every(isFailureOrAlone), "the batch gave a record without the store");
    },
  },
  {
    id: "deadlines/probe",
    says: "A probe for which the store has no answer is given up at the deadline.",
    needs: ["hang", "probe"],
    async run(bench) {
      const name = await bench.given();
      await bench.fault("hang");
      const answer = await bench.probe(name, "current", { signal: bench.patience.deadline(deadlineMs) });
      expectThat(isFailure(answer), "the probe gave a version without the store");
    },
  },
  {
    id: "deadlines/renewal",
    says: "A renewal for which the store has no answer is given up at the deadline.",
    needs: ["mints", "grant", "hang", "leases"],
    async run(bench) {
      const { lease } = expectRecord(await bench.read(await bench.given()));
      await bench.fault("hang");
      const renewed = await bench.renew(lease?.id ?? "none", { signal: bench.patience.deadline(deadlineMs) });
      expectThat(isFailure(renewed), "the renewal succeeded without the store");
    },
  },
  {
    id: "deadlines/none-of-its-own",
    says: "Without a deadline, a read waits for the store: the deadline is core's.",
    needs: ["hang", "clock"],
    async run(bench) {
      const name = await bench.given();
      await bench.fault("hang");
      const { isOver, abort } = startRead(bench, name);
      await bench.patience.pass(tenMinutesMs);
      expectThat(!isOver(), "the read ended by itself");
      abort();
    },
  },
];

function isFailureOrAlone(answer: unknown): boolean {
  return answer === "alone" || isFailure(answer);
}
