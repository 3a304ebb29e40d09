import type { Bench } from "../bench/bench.ts";
import { describeAnswer, expectFailure, expectRecord, expectSame, expectThat, fail } from "../bench/expect.ts";
import { isFailure } from "../bench/outcome.ts";
import { type Fault, type FaultName, faultNames, faults, retryAfterSeconds } from "../harness/faults.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

const deadlineMs = 200;
const mebibyte = 1024 * 1024;
// What lies in the buffers on the way counts as well.
const mostMebibytes = 48;
// What these do is no failure of its own; other cases bring them about.
const silent: ReadonlySet<FaultName> = new Set(["slow", "hang", "trickle"]);

const named = faultNames
  .filter((name) => !silent.has(name))
  .map((name): ConformanceCase => {
    const fault: Fault = faults[name];
    return {
      id: `faults/${name}`,
      says: `${fault.what} That is ${fault.codes.map((code) => `\`${code}\``).join(" or ")}.`,
      needs: [name],
      async run(bench) {
        const answer = await readDuring(bench, name);
        expectFailure(answer, fault.codes);
      },
    };
  });

export const faultCases: readonly ConformanceCase[] = [
  ...named,
  {
    id: "faults/slow",
    says: "A store that answers late has answered.",
    needs: ["slow"],
    async run(bench) {
      const name = await bench.given();
      await bench.fault("slow");
      expectRecord(await bench.read(name));
    },
  },
  ...(["throttled-with-wait", "unavailable-with-wait"] as const).map(
    (name): ConformanceCase => ({
      id: `faults/${name}-is-passed-on`,
      says: `${faults[name].what} Core is told how long, in ms.`,
      needs: [name],
      async run(bench) {
        const answer = await readDuring(bench, name);
        expectSame(isFailure(answer) && answer.retryAfterMs, retryAfterSeconds * 1000, "`retryAfterMs`");
      },
    }),
  ),
  {
    id: "faults/no-wait-made-up",
    says: "Where the store does not say how long to wait, the source does not either.",
    needs: ["throttled"],
    async run(bench) {
      const answer = await readDuring(bench, "throttled");
      expectThat(!isFailure(answer) || answer.retryAfterMs === undefined, "`retryAfterMs` is not the store's");
    },
  },
  {
    id: "faults/one-attempt",
    says: "A read that fails has made one request: the retries are core's.",
    needs: ["unavailable", "requests"],
    async run(bench) {
      const { all } = await bench.requestsOf(() => readDuring(bench, "unavailable"));
      expectSame(all, 1, "requests of one read");
    },
  },
  {
    id: "faults/recovers",
    says: "When the fault is over, the same source reads again.",
    needs: ["reset-after"],
    async run(bench) {
      const name = await bench.given();
      await bench.fault("reset-after");
      const during = await bench.read(name);
      if (!isFailure(during)) fail(`the read during the fault gave ${describeAnswer(during)}`);
      await bench.heal();
      expectRecord(await bench.read(name), "the read after the fault");
    },
  },
  {
    id: "faults/redirect-keeps-the-token",
    says: "No credentials follow a redirect to another host.",
    needs: ["redirect", "credentials"],
    async run(bench) {
      await readDuring(bench, "redirect");
      const arrived = bench.elsewhere();
      for (const credential of bench.harness.credentials === undefined ? [] : bench.canaries) {
        expectThat(!arrived.some((text) => text.includes(credential)), "the other host was shown the credentials");
      }
    },
  },
  {
    id: "faults/huge-is-not-kept",
    says: "Of an answer of 100 MiB a source takes as much as a store of secrets may send, and ends the request.",
    needs: ["huge", "taken-bytes"],
    async run(bench) {
      const name = await bench.given();
      await bench.fault("huge");
      // No deadline: on a fast network all of it arrives before one.
      await bench.read(name);
      const takenMebibytes = Math.ceil(bench.takenBytes() / mebibyte);
      expectThat(takenMebibytes <= mostMebibytes, `${takenMebibytes} MiB of the answer were taken`);
    },
  },
  {
    id: "faults/batch",
    says: "A store that fails during a batch has failed for all of it.",
    needs: ["put", "batch", "unavailable"],
    async run(bench) {
      const refs = ["a", "b"].map(async (label) => ({ name: await bench.given(label), version: "current" }) as const);
      const both = await Promise.all(refs);
      await bench.fault("unavailable");
      const answers = await bench.readBatch(both);
      for (const answer of isFailure(answers) ? [answers] : answers) {
        if (answer !== "alone") expectFailure(answer, ["unavailable"], "the batch");
      }
    },
  },
  {
    id: "faults/probe",
    says: "A store that fails during a probe has not said that the secret is absent.",
    needs: ["probe", "unavailable"],
    async run(bench) {
      const name = await bench.given();
      await bench.fault("unavailable");
      expectFailure(await bench.probe(name), ["unavailable"], "the probe");
    },
  },
];

async function readDuring(bench: Bench, fault: FaultName) {
  const name = await bench.given();
  await bench.fault(fault);
  return bench.read(name, "current", { signal: bench.patience.deadline(deadlineMs) });
}
