import { inspect } from "node:util";
import type { SecretRecord } from "@secretsource/core/source";
import { assertLeaksNothing } from "@secretsource/core/testing";
import type { Bench } from "../bench/bench.ts";
import { isFailure } from "../bench/outcome.ts";
import { faultNames, faults } from "../harness/faults.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";
import { callsOf } from "./calls-of.ts";
import { ladenErrors } from "./laden-errors.ts";

const deadlineMs = 200;
// Those to which the store says something.
const answered = faultNames.filter((name) => faults[name].codes.length > 0);

export const leakCases: readonly ConformanceCase[] = [
  {
    id: "leaks/failures",
    says: "No failure of a store that works (absent, denied, disabled, removed, illegal) bears a value or a token.",
    needs: [],
    async run(bench) {
      const names = await namesThatFail(bench);
      await leaksNothing(bench, async () => {
        const answers = await Promise.all(names.map((name) => bench.read(name)));
        return answers.filter(isFailure);
      });
    },
  },
  {
    id: "leaks/faults",
    says: "No failure of a store that is out of order bears a value or a token, whatever stood in its answer.",
    needs: ["down"],
    async run(bench) {
      const name = await bench.given();
      await bench.read(name);
      for (const fault of answered.filter((one) => bench.harness.faults?.[one] !== undefined)) {
        await bench.fault(fault);
        await leaksNothing(bench, async () => {
          const answer = await bench.read(name, "current", { signal: bench.patience.deadline(deadlineMs) });
          return isFailure(answer) ? answer : fault;
        });
        await bench.heal();
      }
    },
  },
  {
    id: "leaks/classify",
    says: "What `classify` says of an error bears nothing of it: no message, no cause, no request, no answer.",
    needs: [],
    async run(bench) {
      // Some load what tells errors apart with their first call.
      await bench.read(await bench.given());
      const errors = ladenErrors(bench.value("in-an-error"));
      await leaksNothing(bench, () =>
        errors.flatMap((error) => callsOf(bench.source).map((call) => bench.source.classify(error, call))),
      );
    },
  },
  {
    id: "leaks/records",
    says: "In a record, the payload alone bears the value: neither its version nor its metadata does.",
    needs: [],
    async run(bench) {
      const answer = await bench.read(await bench.given());
      const { payload: _, requestId: __, warnings: ___, ...rest } = answer as SecretRecord;
      await leaksNothing(bench, () => rest);
    },
  },
  {
    id: "leaks/events",
    says: "No event of an instance over the source, and no error that it throws, bears a value or a token.",
    needs: [],
    async run(bench) {
      const names = [await bench.given(), await bench.absent()];
      for (const name of names) await bench.read(name);
      const secrets = await bench.instance();
      await leaksNothing(bench, async () => {
        const heard: unknown[] = [];
        secrets.on((event) => heard.push(event));
        for (const name of names) {
          const getting = secrets.getSecret(name, { as: "bytes" }).then(
            (secret) => heard.push(secret, secrets.status()),
            (error: unknown) => heard.push(error),
          );
          await bench.patience.within("getSecret()", getting);
        }
        return heard;
      });
    },
  },
  {
    id: "leaks/printed",
    says: "Nothing that the source prints, on the console or as a warning, bears a value or a token.",
    needs: [],
    async run(bench) {
      const names = [await bench.given("printed"), await bench.absent()];
      await leaksNothing(bench, async () => {
        for (const name of names) await bench.read(name);
      });
    },
  },
  {
    id: "leaks/probes",
    says: "The answer of a probe bears no value.",
    needs: ["probe"],
    async run(bench) {
      const name = await bench.given();
      await bench.read(name);
      await leaksNothing(bench, () => bench.probe(name));
    },
  },
  {
    id: "leaks/the-source",
    says: "The source itself, printed after its use, shows neither a token nor a value that it has read.",
    needs: [],
    async run(bench) {
      await bench.read(await bench.given());
      // Not deeper: a source that is its own store in memory holds what it holds.
      await leaksNothing(bench, () => [inspect(bench.source, { depth: 1 }), JSON.stringify(bench.source)]);
    },
  },
];

async function leaksNothing(bench: Bench, run: () => unknown): Promise<void> {
  const known = [...bench.canaries];
  await assertLeaksNothing(known.length > 0 ? known : [bench.value()], run);
}

/** A name for each way of failing that the store has; before it fails, its value was read. */
async function namesThatFail(bench: Bench): Promise<string[]> {
  const { seed, names } = bench.harness;
  const bringAbout = [
    seed.deny && bench.seed.deny,
    seed.disable && bench.seed.disable,
    seed.remove && bench.seed.remove,
  ].filter((step) => step !== undefined);
  const failing: string[] = [];
  for (const step of bringAbout) {
    const name = await bench.given(`failing-${failing.length}`);
    await bench.read(name);
    await step(name);
    failing.push(name);
  }
  return [...failing, await bench.absent(), ...names.illegal];
}
