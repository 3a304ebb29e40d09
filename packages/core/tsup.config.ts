import { defineConfig } from "tsup";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "source/index": "src/source/index.ts",
    "source-kit/index": "src/source-kit/index.ts",
    "config/index": "src/config/index.ts",
    "otel/index": "src/otel/index.ts",
    "testing/index": "src/testing/index.ts",
  },
  format: ["esm", "cjs"],
  target: "node22",
  platform: "node",
  dts: true,
  clean: true,
  splitting: true,
  sourcemap: false,
  silent: true,
});
