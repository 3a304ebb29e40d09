import { basename, resolve } from "node:path";
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
 * A package whose parts are loaded by `import()` when they are needed. Each entry is one file, and each part is: what several
 * of them need is in every one, since a file for it would be one more to load. It must have no state, which each would have
 * for itself.
 *
 * @param parts The files that are imported so, besides entries.
 */
export function buildOfParts(entries: Readonly<Record<string, string>>, parts: readonly string[]): Options {
  const files = { ...entries, ...Object.fromEntries(parts.map((file) => [basename(file, ".ts"), file])) };
  return {
    ...packageBuild(files),
    dts: { entry: { ...entries } },
    splitting: false,
    esbuildPlugins: [partsByThemselves(files)],
    esbuildOptions(options, { format }) {
      // `require` is what a CommonJS package is loaded by, also where `import()` is not to be had, such as in Jest.
      if (format === "cjs") options.supported = { ...options.supported, "dynamic-import": false };
    },
    plugins: [requiredAtOnce],
  };
}

/**
 * `try { await import("optional") }` in CommonJS. The bundler requires it in a function of its own, and whoever bundles the
 * package again does not see that it may be missing: it has to stand in the `try` itself.
 */
const requiredAtOnce: NonNullable<Options["plugins"]>[number] = {
  name: "required-at-once",
  renderChunk(code) {
    if (this.format !== "cjs") return undefined;
    const late = /\bawait Promise\.resolve\(\)\.then\(\(\) => (__toESM\(require\("[^."][^"]*"\)(?:, 1)?\))\)/g;
    return { code: code.replace(late, "await $1") };
  },
};

/** All of them lie in one folder. */
function partsByThemselves(files: Readonly<Record<string, string>>): NonNullable<Options["esbuildPlugins"]>[number] {
  const names = new Map(Object.entries(files).map(([name, file]) => [resolve(file), name]));
  return {
    name: "parts-by-themselves",
    setup(build) {
      const ending = build.initialOptions.format === "cjs" ? ".cjs" : ".js";
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, path, resolveDir }) => {
        if (kind !== "dynamic-import") return undefined;
        const name = names.get(resolve(resolveDir, path));
        if (name !== undefined) return { path: `./${name}${ending}`, external: true };
        return { errors: [{ text: `${path} is no part: list it in tsup.config.ts.` }] };
      });
    },
  };
}
