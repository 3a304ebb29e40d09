import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rounded, thisMachine, writeResults } from "../lib/results.ts";
import { bundle, importing, root } from "./bundle.ts";
import type { BundleFigures, BundlePart } from "./figures.ts";

const built = "packages/core/dist/index.js";
const sources = "packages/core/src/";
if (!existsSync(join(root, built))) throw new Error(`${built} is missing: run \`pnpm build\` first.`);

// What was built is what users get; the sources know which folder a byte comes from.
const whole = await bundle(built);
const withoutLruCache = await bundle(built, { external: ["lru-cache"] });
const split = await bundle(built, { splitting: true });
const named = await bundle(`${sources}index.ts`);

const figures: BundleFigures = {
  importing,
  minified: sum(whole.atStart.map((code) => code.length)),
  gzipped: gzipped(whole.atStart),
  gzippedWithoutLruCache: gzipped(withoutLruCache.atStart),
  aimGzipped: 12_000,
  atStart: gzipped(split.atStart),
  parts: byPart(named.bytes),
};
writeResults("bundle", { command: "pnpm bench", machine: thisMachine(), gates: [], figures });

const sizes = `minified ${kB(figures.minified)}, gzipped ${kB(figures.gzipped)} (aim: ${kB(figures.aimGzipped)})`;
console.log(`${sizes}; without lru-cache ${kB(figures.gzippedWithoutLruCache)}; at start ${kB(figures.atStart)}`);
for (const { part, minified } of figures.parts) console.log(`${kB(minified).padStart(10)}  ${part}`);

/** `lru-cache`, or the folder of the core that a file stands in. */
function partOf(path: string): string {
  if (path.includes("node_modules/")) return path.replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/, "$1");
  return path.startsWith(sources) ? `${path.slice(sources.length).split("/")[0]}/` : "joints";
}

function byPart(bytes: ReadonlyMap<string, number>): BundlePart[] {
  const parts = Map.groupBy(bytes, ([path]) => partOf(path));
  return [...parts]
    .map(([part, files]) => ({ part, minified: sum(files.map(([, size]) => size)) }))
    .filter(({ minified }) => minified > 0)
    .sort((a, b) => b.minified - a.minified);
}

function gzipped(files: readonly Uint8Array[]): number {
  return sum(files.map((code) => gzipSync(code, { level: 9 }).length));
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}

function kB(bytes: number): string {
  return `${rounded(bytes / 1000)} kB`;
}
