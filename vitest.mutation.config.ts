import { defineConfig } from "vitest/config";

// The tests that look at policy/, state/ and fetch/. The model-based test is left out: it runs ten thousand programs, and
// what only it can kill should have a test that says why.
export default defineConfig({
  test: {
    include: ["packages/core/src/{policy,state,fetch,cache,time}/**/*.test.ts", "packages/core/test/**/*.test.ts"],
    exclude: ["**/engine-model.test.ts", "**/leaks.test.ts", "**/fuzz.test.ts", "**/two-copies.test.ts"],
  },
});
