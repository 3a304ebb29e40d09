import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { rounded, thisMachine, writeResults } from "../lib/results.ts";
import type { BundleFigures, BundlePart } from "./figures.ts";

const root = join(import.meta.dirname, "..", "..");
const sources = "packages/core/src/";
const importing = `export { getSecret } from "@secretsource/core";`;

interface Bundle {
  readonly code: Uint8Array;
  /** Minified bytes by the file that they come from. */
  readonly bytes: ReadonlyMap<string, number>;
}

async function bundle(entry: string, external: readonly string[] = []): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: importing, resolveDir: import.meta.dirname },
    alias: { "@secretsource/core": join(root, entry) },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node22",
    write: false,
    metafile: true,
    external: [...external],
  });
  const [output] = Object.values(metafile.outputs);
  const inputs = Object.entries(output?.inputs ?? {}).map(([path, { bytesInOutput }]) => [path, bytesInOutput] as const);
  return { code: outputFiles[0]?.contents ?? new Uint8Array(), bytes: new Map(inputs) };
}

/** `lru-cache`, or the folder of the core that a file stands in. */
function partOf(path: string): string {
  if (path.includes("node_modules/")) return path.replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/, "$1");
  return path.startsWith(sources) ? `${path.slice(sources.length).split("/")[0]}/` : "joints";
}

function byPart(bytes: ReadonlyMap<string, number>): BundlePart[] {
  const parts = new Map<string, number>();
  for (const [path, size] of bytes) parts.set(partOf(path), (parts.get(partOf(path)) ?? 0) + size);
  return [...parts]
    .filter(([, size]) => size > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([part, minified]) => ({ part, minified }));
}

const built = "packages/core/dist/index.js";
if (!existsSync(join(root, built))) throw new Error(`${built} is missing: run \`pnpm build\` first.`);

// What was built is what users get; the sources know which folder a byte comes from.
const whole = await bundle(built);
const without = await bundle(built, ["lru-cache"]);
const named = await bundle(`${sources}index.ts`);
const gzip = (code: Uint8Array) => gzipSync(code, { level: 9 }).length;

const figures: BundleFigures = {
  importing,
  minified: whole.code.length,
  gzipped: gzip(whole.code),
  gzippedWithoutLruCache: gzip(without.code),
  aimGzipped: 12_000,
  parts: byPart(named.bytes),
};
writeResults("bundle", { command: "pnpm bench", machine: thisMachine(), gates: [], figures });

console.log(`minified ${kB(figures.minified)}, gzipped ${kB(figures.gzipped)} (aim: ${kB(figures.aimGzipped)}); own code alone ${kB(figures.gzippedWithoutLruCache)} gzipped`);
for (const { part, minified } of figures.parts) console.log(`${kB(minified).padStart(10)}  ${part}`);

function kB(bytes: number): string {
  return `${rounded(bytes / 1000)} kB`;
}
