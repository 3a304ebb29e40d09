import { basename } from "node:path";
import type { Options } from "tsup";

/** How every package is built: ESM, CommonJS and declarations, for Node alone. */
export function packageBuild(entry: Readonly<Record<string, string>>): Options {
  return {
    entry: { ...entry },
    format: ["esm", "cjs"],
    target: "node22",
    platform: "node",
    dts: true,
    clean: true,
    splitting: true,
    sourcemap: false,
    silent: true,
  };
}

/**
 * A package whose parts are loaded by `import()` when they are needed. The entry is one file, and each part is: what several
 * of them need is in every one, since a file for it would be one more to load. It must have no state, which each would have
 * for itself.
 *
 * @param parts The files that are imported so.
 */
export function buildOfParts(entry: string, parts: readonly string[]): Options {
  const files = Object.fromEntries(parts.map((file) => [basename(file, ".ts"), file]));
  return {
    ...packageBuild({ index: entry, ...files }),
    dts: { entry: { index: entry } },
    splitting: false,
    esbuildPlugins: [partsByThemselves(Object.keys(files))],
    esbuildOptions(options, { format }) {
      // `require` is what a CommonJS package is loaded by, also where `import()` is not to be had, such as in Jest.
      if (format === "cjs") options.supported = { ...options.supported, "dynamic-import": false };
    },
  };
}

function partsByThemselves(parts: readonly string[]): NonNullable<Options["esbuildPlugins"]>[number] {
  return {
    name: "parts-by-themselves",
    setup(build) {
      const ending = build.initialOptions.format === "cjs" ? ".cjs" : ".js";
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path }) => {
        if (kind !== "dynamic-import") return undefined;
        const part = basename(path, ".ts");
        if (parts.includes(part)) return { path: `./${part}${ending}`, external: true };
        return { errors: [{ text: `${path} is no part: list it in tsup.config.ts.` }] };
      });
    },
  };
}
