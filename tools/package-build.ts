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
