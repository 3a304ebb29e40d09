import { defineConfig } from "vitest/config";
import unit from "./vitest.config.ts";

// Against servers that others wrote: see tools/servers. A missing one is a failure, never a skip.
export default defineConfig({
  ...unit,
  test: {
    ...unit.test,
    exclude: ["**/node_modules/**"],
    include: ["{packages,examples}/*/{src,test}/**/*.servers.test.ts", "tools/**/*.servers.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each starts servers of its own.
    fileParallelism: false,
  },
});
