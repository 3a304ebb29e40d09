import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";

export const root = join(import.meta.dirname, "..", "..");
export const importing = `export { getSecret } from "@secretsource/core";`;

export interface Bundle {
  /** What is loaded at the start, each file's code. */
  readonly atStart: readonly Uint8Array[];
  /** Minified bytes by the file that they come from. */
  readonly bytes: ReadonlyMap<string, number>;
}

/** A program that uses `getSecret` alone, made from this file of the core, relative to the project. */
export async function bundle(entry: string, options: BuildOptions = {}): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: importing, resolveDir: import.meta.dirname },
    alias: { "@secretsource/core": join(root, entry) },
    absWorkingDir: root,
    outdir: join(root, "bundle"),
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node22",
    logLevel: "error",
    ...options,
    write: false,
    metafile: true,
  });
  const { outputs } = metafile;
  const bytes = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).map(([path, { bytesInOutput }]) => [path, bytesInOutput] as const),
  );
  const first = Object.keys(outputs).find((path) => outputs[path]?.entryPoint !== undefined) ?? "";
  const needed = reachable(first, (path) => staticImports(outputs[path]?.imports ?? []));
  const atStart = outputFiles.filter(({ path }) => needed.has(path.slice(root.length + 1)));
  return { atStart: atStart.map(({ contents }) => contents), bytes: new Map(bytes) };
}

function staticImports(
  imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[],
) {
  return imports.filter(({ kind, external }) => kind === "import-statement" && !external).map(({ path }) => path);
}

function reachable(first: string, next: (path: string) => string[], seen = new Set<string>()): Set<string> {
  if (!seen.has(first)) {
    seen.add(first);
    for (const path of next(first)) reachable(path, next, seen);
  }
  return seen;
}
