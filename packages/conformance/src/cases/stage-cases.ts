import { expectFailure, expectPayload } from "../bench/expect.ts";
import type { ConformanceCase } from "../plan/conformance-case.ts";

export const stageCases: readonly ConformanceCase[] = [
  {
    id: "stages/previous",
    says: "The version before the current one is `previous`.",
    needs: ["put", "previous"],
    async run(bench) {
      const [name, first] = [bench.name(), bench.value("first")];
      await bench.seed.put(name, first);
      await bench.seed.put(name, bench.value("second"));
      expectPayload(await bench.read(name, "previous"), first);
    },
  },
  {
    id: "stages/no-previous",
    says: "A secret of one version has no previous one: `version-not-found`.",
    needs: ["put", "previous"],
    async run(bench) {
      expectFailure(await bench.read(await bench.given(), "previous"), ["version-not-found"]);
    },
  },
  {
    id: "stages/pending",
    says: "A version that is being introduced is `pending`.",
    needs: ["put", "stage", "pending"],
    async run(bench) {
      const [name, next] = [await bench.given(), bench.value("next")];
      await bench.seed.stage(name, next);
      expectPayload(await bench.read(name, "pending"), next);
    },
  },
  {
    id: "stages/pending-is-not-current",
    says: "A version that is being introduced leaves the current one in its place.",
    needs: ["put", "stage"],
    async run(bench) {
      const [name, first] = [bench.name(), bench.value("first")];
      await bench.seed.put(name, first);
      await bench.seed.stage(name, bench.value("next"));
      expectPayload(await bench.read(name), first);
    },
  },
  {
    id: "stages/no-pending",
    says: "Without a version that is being introduced, `pending` is `version-not-found`.",
    needs: ["put", "pending"],
    async run(bench) {
      expectFailure(await bench.read(await bench.given(), "pending"), ["version-not-found"]);
    },
  },
  {
    id: "stages/promoted",
    says: "A version that is promoted is current.",
    needs: ["put", "stage", "promote"],
    async run(bench) {
      const [name, next] = [await bench.given(), bench.value("next")];
      await bench.seed.stage(name, next);
      await bench.seed.promote(name);
      expectPayload(await bench.read(name), next);
    },
  },
  {
    id: "stages/rolled-back",
    says: "After a roll-back, the earlier version is current again.",
    needs: ["put", "rollBack"],
    async run(bench) {
      const [name, first] = [bench.name(), bench.value("first")];
      await bench.seed.put(name, first);
      await bench.seed.put(name, bench.value("second"));
      await bench.seed.rollBack(name);
      expectPayload(await bench.read(name), first);
    },
  },
];
