import { defineConfig } from "vitest/config";
import type { TestSequencer, TestSpecification } from "vitest/node";

const nearest = ["policy", "state", "fetch"].map((folder) => `/core/src/${folder}/`);

/** In the order in which the code builds upon itself: the first test that fails ends a mutant's run. */
class LowestFirst implements TestSequencer {
  sort(files: TestSpecification[]): TestSpecification[] {
    const floor = ({ moduleId }: TestSpecification) => nearest.findIndex((folder) => moduleId.includes(folder));
    return files.toSorted((one, other) => floor(one) - floor(other) || (one.moduleId < other.moduleId ? -1 : 1));
  }

  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

// The tests that stand beside the mutated code, and no others: what only a whole instance notices has no test that says why.
export default defineConfig({
  test: {
    include: ["packages/core/src/{policy,state,fetch}/**/*.test.ts"],
    // Each mutant runs them anew: without a module graph per file that takes a quarter of the time.
    isolate: false,
    sequence: { sequencer: LowestFirst },
    // What hangs is found out soon; the few tests that take long themselves say so.
    testTimeout: 5000,
  },
});
