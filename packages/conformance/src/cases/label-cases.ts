import { expectFailure, expectPayload } from "../bench/expect.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";
import { idOf } from "./version-cases.ts";

export const labelCases: readonly ConformanceCase[] = [
  {
    id: "labels/found",
    says: "A version is found by the label that the user gave it.",
    needs: ["put", "label", "labels"],
    async run(bench) {
      const [name, first] = [bench.name(), bench.value("first")];
      await bench.seed.label(name, "blue", idOf(await bench.seed.put(name, first)));
      await bench.seed.put(name, bench.value("second"));
      expectPayload(await bench.read(name, { label: "blue" }), first);
    },
  },
  {
    id: "labels/moved",
    says: "A label that was moved names the version to which it was moved.",
    needs: ["put", "label", "labels"],
    async run(bench) {
      const [name, second] = [bench.name(), bench.value("second")];
      await bench.seed.label(name, "blue", idOf(await bench.seed.put(name, bench.value("first"))));
      await bench.seed.label(name, "blue", idOf(await bench.seed.put(name, second)));
      await bench.seed.put(name, bench.value("third"));
      expectPayload(await bench.read(name, { label: "blue" }), second);
    },
  },
  {
    id: "labels/unknown",
    says: "A label that no version has is `version-not-found`.",
    needs: ["put", "labels"],
    async run(bench) {
      expectFailure(await bench.read(await bench.given(), { label: "never-given" }), ["version-not-found"]);
    },
  },
];
