import type { SourceFailure, SourceProbe } from "@secretsource/core/source";
import { expectFailure, expectSame, fail } from "../bench/expect.ts";
import { isFailure } from "../bench/outcome.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";
import { idOf } from "./version-cases.ts";

export const probeCases: readonly ConformanceCase[] = [
  {
    id: "probe/truthful",
    says: "A probe names the version that a read would give, also right after a change.",
    needs: ["put", "probe", "versions"],
    async run(bench) {
      const name = bench.name();
      for (const value of [bench.value("first"), bench.value("second")]) {
        const id = idOf(await bench.seed.put(name, value));
        expectSame(versionOf(await bench.probe(name)), id, "the version that the probe names");
      }
    },
  },
  {
    id: "probe/each-stage",
    says: "A probe looks at the version that it is asked about.",
    needs: ["put", "probe", "versions", "previous"],
    async run(bench) {
      const name = bench.name();
      const first = idOf(await bench.seed.put(name, bench.value("first")));
      await bench.seed.put(name, bench.value("second"));
      expectSame(versionOf(await bench.probe(name, "previous")), first, "the version that the probe names");
    },
  },
  {
    id: "probe/absent",
    says: "A probe of a secret that the store does not have is `not-found`.",
    needs: ["probe"],
    async run(bench) {
      expectFailure(await bench.probe(await bench.absent()), ["not-found"], "the probe");
    },
  },
  {
    id: "probe/denied",
    says: "A probe of a secret that may not be read is `access-denied`, and not absent.",
    needs: ["probe", "deny"],
    async run(bench) {
      const name = await bench.given();
      await bench.seed.deny(name);
      expectFailure(await bench.probe(name), ["access-denied"], "the probe");
    },
  },
  {
    id: "probe/no-value-travels",
    says: "A probe is cheaper than a read: it asks the store for no value.",
    needs: ["probe", "requests"],
    async run(bench) {
      const name = await bench.given();
      const { values } = await bench.requestsOf(() => bench.probe(name));
      expectSame(values, 0, "requests for a value");
    },
  },
];

function versionOf(answer: SourceProbe | SourceFailure): string {
  return isFailure(answer) ? fail(`the probe gave the failure \`${answer.failure}\``) : answer.version;
}
