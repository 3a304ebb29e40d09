import type { Stage, VersionSelector } from "@secretsource/core/source";
import type { Bench } from "../bench/bench.ts";
import { bytesOf, expectSame, expectThat } from "../bench/expect.ts";
import { isFailure } from "../bench/outcome.ts";
import { meaningOf } from "../harness/lacks.ts";
import { sourceMethods } from "../harness/source-promises.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";
import { contradictions, unsupplied } from "../plan/missing.ts";
import { idOf } from "./version-cases.ts";

const stages: readonly Stage[] = ["current", "previous", "pending"];
const notText = Uint8Array.from([0xff, 0xfe, 0xc3, 0x28, 0x00, 0x80]);

export const honestyCases: readonly ConformanceCase[] = [
  {
    id: "honesty/methods",
    says: "The source has the methods that are expected of it, and no other ones: a method is a promise.",
    needs: [],
    async run({ source, harness }) {
      for (const method of sourceMethods) {
        const promised = harness.promises.methods.includes(method);
        const there = source[method] !== undefined;
        expectThat(there || !promised, `the source promises \`${method}\` and has none`);
        expectThat(!there || promised, `the source has \`${method}\`, which is not among what it promises`);
      }
    },
  },
  {
    id: "honesty/traits",
    says: "The source's traits are those that are expected of it.",
    needs: [],
    async run({ source: { traits }, harness: { promises } }) {
      for (const trait of ["versionIds", "labels", "binary", "mints"] as const) {
        expectSame(traits[trait], promises[trait], `\`traits.${trait}\``);
      }
      for (const stage of stages) {
        expectSame(traits.stages.includes(stage), promises.stages.includes(stage), `the stage ${stage} in \`traits\``);
      }
    },
  },
  {
    id: "honesty/stages",
    says: "A stage that is not promised does not work: a source that can do it says so.",
    needs: ["put"],
    async run(bench) {
      const [name, first, next] = [bench.name(), bench.value("first"), bench.value("next")];
      await bench.seed.put(name, first);
      await bench.seed.put(name, bench.value("second"));
      if (bench.harness.seed.stage !== undefined) await bench.seed.stage(name, next);
      await expectUseless(bench, name, "previous", first);
      await expectUseless(bench, name, "pending", next);
    },
  },
  {
    id: "honesty/ids",
    says: "Version ids that are not promised do not work: a source that can do it says so.",
    needs: ["put", "versions", "no-version-ids"],
    async run(bench) {
      const [name, first] = [bench.name(), bench.value("first")];
      const id = idOf(await bench.seed.put(name, first));
      await bench.seed.put(name, bench.value("second"));
      await expectUseless(bench, name, { id }, first);
    },
  },
  {
    id: "honesty/labels",
    says: "Labels that are not promised do not work: a source that can do it says so.",
    needs: ["put", "label", "no-labels"],
    async run(bench) {
      const [name, first] = [bench.name(), bench.value("first")];
      await bench.seed.label(name, "blue", idOf(await bench.seed.put(name, first)));
      await bench.seed.put(name, bench.value("second"));
      await expectUseless(bench, name, { label: "blue" }, first);
    },
  },
  {
    id: "honesty/bytes",
    says: "Bytes that are not promised are refused: neither given all the same nor bent into a text.",
    needs: ["put", "bytes", "no-binary"],
    async run(bench) {
      const name = bench.name();
      await bench.seed.put(name, notText);
      expectThat(isFailure(await bench.read(name)), "the read of bytes gave a record");
    },
  },
  {
    id: "honesty/mints",
    says: "A source that does not promise to mint grants no leases.",
    needs: ["no-mints"],
    async run(bench) {
      const answer = await bench.read(await bench.given());
      expectThat(isFailure(answer) || answer.lease === undefined, "the record has a lease");
    },
  },
  {
    id: "honesty/harness",
    says: "What the store and its test cannot do is declared with its reason, and nothing that they can.",
    needs: [],
    async run({ harness }) {
      const open = [...unsupplied(harness)].filter(([, because]) => because === undefined);
      const parts = open.map(([what]) => `\`${what}\` (${meaningOf(what)})`).join("; ");
      expectThat(open.length === 0, `neither supplied nor declared under \`lacks\`, with the reason: ${parts}`);
      const [twice] = contradictions(harness);
      expectThat(twice === undefined, `\`${twice}\` is supplied, and declared as lacking as well`);
    },
  },
];

/** The version is not what the selector says, where the selector is not promised. */
async function expectUseless(bench: Bench, name: string, version: VersionSelector, value: string): Promise<void> {
  const { promises } = bench.harness;
  if (typeof version === "string" && promises.stages.includes(version)) return;
  const answer = await bench.read(name, version);
  const works = !isFailure(answer) && bytesOf(answer.payload).equals(bytesOf(value));
  expectThat(!works, `${JSON.stringify(version)} works, which is not among what the source promises`);
}
