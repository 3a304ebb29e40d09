import type { BundleFigures } from "./bundle/figures.ts";
import type { HotPathFigures } from "./hot-path/figures.ts";
import type { ImportFigures } from "./import/figures.ts";
import { commonParts } from "./lib/common-parts.ts";
import { type Parts, table } from "./lib/fill-in.ts";
import type { Results } from "./lib/results.ts";
import type { IdleFigures, LiveFigures } from "./live/figures.ts";

export interface AllResults {
  readonly imports: Results<ImportFigures>;
  readonly bundle: Results<BundleFigures>;
  readonly hotPath: Results<HotPathFigures>;
  readonly live: Results<LiveFigures>;
}

/** The generated parts of `bench/README.md`. */
export function readmeParts({ imports, bundle, hotPath, live }: AllResults): Parts {
  const gates = [...imports.gates, ...hotPath.gates, ...live.gates];
  return {
    ...commonParts(hotPath.machine, gates),
    import: table(
      ["a program that imports", "processor, ms", "over bare", "× bare", "elapsed, over bare"],
      imports.figures.programs.map((program) => [
        program.what,
        program.processorMs,
        program.processorOverBareMs,
        program.processorToBare,
        program.elapsedOverBareMs,
      ]),
    ),
    bundle: bundlePart(bundle.figures),
    reads: table(
      ["a cached read", "ns", "× `await map.get()`"],
      hotPath.figures.reads.map(({ what, ns, toMapGet }) => [what, ns, toMapGet]),
    ),
    parts: table(
      ["part of a hit", "ns"],
      hotPath.figures.parts.map(({ what, ns }) => [what, ns]),
    ),
    entries: table(
      ["`await secrets.getSecret(name)`, names in turn", "ns"],
      hotPath.figures.entries.map(({ what, ns }) => [what, ns]),
    ),
    live: table(
      ["a live secret's value", "ns"],
      live.figures.reads.map(({ what, ns }) => [what, ns]),
    ),
    idle: idlePart(live.figures.idle),
  };
}

function bundlePart({ minified, gzipped, gzippedWithoutLruCache, aimGzipped, atStart, parts }: BundleFigures): string {
  const total = [
    ["minified", kB(minified)],
    [`minified and gzipped (aim: ${kB(aimGzipped)})`, kB(gzipped)],
    ["the same without `lru-cache`", kB(gzippedWithoutLruCache)],
    ["with code splitting: what a program loads at its start, gzipped", kB(atStart)],
  ];
  const minifiedParts = parts.map((part) => [`\`${part.part}\``, kB(part.minified)]);
  return `${table(["", "size"], total)}\n\n${table(["of it, from", "minified"], minifiedParts)}`;
}

function idlePart({ secrets, seconds, processes, ...idle }: IdleFigures): string {
  const head = [`${secrets.toLocaleString("en")} live secrets, ${seconds} s, median of ${processes} processes`, ""];
  return table(head, [
    ["share of a core", `${idle.processorPercent} %`],
    ["the same process without live secrets", `${idle.bareProcessorPercent} %`],
    ["looks at the store in a second", idle.looksPerSecond],
    ["timers", idle.timers],
  ]);
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
