import type { ConformanceRunner } from "../../src/index.ts";

export interface CollectedResults {
  readonly passed: readonly string[];
  /** Messages by the ids of the cases that failed. */
  readonly failed: ReadonlyMap<string, string>;
}

export interface CollectingRunner extends ConformanceRunner {
  /** Runs what was described, one after the other; all of it, or these ids alone. */
  run(only?: readonly string[]): Promise<CollectedResults>;
}

/** A test runner that keeps its results to itself. */
export function collectingRunner(): CollectingRunner {
  const tests: { readonly id: string; readonly body: () => Promise<void> }[] = [];
  return {
    describe: (_title, body) => body(),
    test: (title, body) => tests.push({ id: title.slice(0, title.indexOf(":")), body }),
    async run(only) {
      const passed: string[] = [];
      const failed = new Map<string, string>();
      for (const { id, body } of tests.filter(({ id }) => only?.includes(id) ?? true)) {
        try {
          await body();
          passed.push(id);
        } catch (error) {
          failed.set(id, error instanceof Error ? error.message : String(error));
        }
      }
      return { passed, failed };
    },
  };
}
