import { join } from "node:path";
import { defineConfig } from "vitest/config";

const packages = join(import.meta.dirname, "packages");

export default defineConfig({
  resolve: {
    // The tests of every package run against the sources of every other: no build is needed before them.
    alias: [
      { find: /^@secretsource\/([^/]+)$/, replacement: `${packages}/$1/src/index.ts` },
      { find: /^@secretsource\/([^/]+)\/(.+)$/, replacement: `${packages}/$1/src/$2/index.ts` },
    ],
  },
  test: {
    include: ["{packages,examples}/*/{src,test}/**/*.test.ts", "{bench,tools}/**/*.test.ts"],
    // Those that need other people's servers: vitest.servers.config.ts.
    exclude: ["**/node_modules/**", "**/*.servers.test.ts"],
    // Fuzzing, and the compiler in the tools' tests, take their time on a busy machine.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
