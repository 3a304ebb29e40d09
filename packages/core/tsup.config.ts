import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { defineConfig, type Options } from "tsup";
import { packageBuild } from "../../tools/package-build.ts";

const main = "src/index.ts";
const kit = "src/source-kit/index.ts";
const engine = "src/client/secrets-instance.ts";
/** What each of these is loaded beside. */
const beside: Readonly<Record<string, readonly string[]>> = {
  // Every provider needs the kit beside the root.
  [main]: [kit],
  [kit]: [main],
  [engine]: [main],
  "src/built-in/from-disk.ts": [main, engine],
  "src/config/index.ts": [main, engine],
  "src/otel/index.ts": [main],
  "src/testing/index.ts": [main, engine],
};

/**
 * What is loaded together is one file: each further one costs every start of every program a look-up, a read and a compile.
 * The bundler makes a file of its own for each set of entries that share something, so these are made to share all.
 */
const fewFiles: NonNullable<Options["esbuildPlugins"]>[number] = {
  name: "few-files",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const also = beside[relative(import.meta.dirname, path).replaceAll("\\", "/")];
      if (also === undefined) return undefined;
      const imports = also.map((file) => `import "few-files:${file}";`);
      return { contents: `${imports.join("")}\n${await readFile(path, "utf8")}`, loader: "ts" };
    });
    build.onResolve({ filter: /^few-files:/ }, ({ path }) => ({
      path: join(import.meta.dirname, path.slice("few-files:".length)),
      sideEffects: true,
    }));
  },
};

export default defineConfig({
  ...packageBuild({
    index: "src/index.ts",
    "source/index": "src/source/index.ts",
    "source-kit/index": "src/source-kit/index.ts",
    "config/index": "src/config/index.ts",
    "otel/index": "src/otel/index.ts",
    "testing/index": "src/testing/index.ts",
  }),
  esbuildPlugins: [fewFiles],
});
