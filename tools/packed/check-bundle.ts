import { existsSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { providersOfParts } from "../import-floors.ts";
import { root } from "../project-files.ts";
import { publicPackages } from "../public-packages.ts";
import { type Finding, report } from "../report.ts";

const getSecretAlone = `export { getSecret } from "@secretsource/core";`;
const wholeRoot = `export * from "@secretsource/core";`;
const unwanted = /packages\/core\/(?:src|dist)\/(?:testing|config|otel)\//;
// What was built has lost the names of its files, but not these.
const ofTesting = /AsyncResource|mockSource|virtualClock|testSecrets|assertLeaksNothing/g;
const packagesWanted = /node_modules\/lru-cache\//;

/** What a program that imports this carries, made from this file of the core; unshaken, all that Node loads for it. */
async function bundle(
  importing: string,
  core: string,
  treeShaking = true,
): Promise<{ readonly files: readonly string[]; readonly code: Uint8Array }> {
  const { metafile, outputFiles } = await build({
    stdin: { contents: importing, resolveDir: root },
    alias: { "@secretsource/core": join(root, core) },
    absWorkingDir: root,
    bundle: true,
    treeShaking,
    ignoreAnnotations: !treeShaking,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node22",
    write: false,
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const files = Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput > 0 && path !== "<stdin>" ? [path] : [],
  );
  return { files, code: outputFiles[0]?.contents ?? new Uint8Array() };
}

function strangers(files: readonly string[]): Finding[] {
  const names = files
    .filter((path) => unwanted.test(path) || (path.includes("node_modules/") && !packagesWanted.test(path)))
    .map((path) => path.replace(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/, "$1"));
  return [...new Set(names)].map((at) => ({
    at,
    what: "is in the bundle of a program that only uses getSecret. See who imports it, and cut that.",
  }));
}

function testingIn(code: Uint8Array): Finding[] {
  const found = new Set(Buffer.from(code).toString().match(ofTesting));
  return [...found].map((at) => ({ at, what: "is of the testing entry, and in what a program gets without it." }));
}

const built = "packages/core/dist/index.js";
if (!existsSync(join(root, built))) throw new Error(`${built} is missing: run \`pnpm build\` first.`);

// The sources have the names; what was built has the size that users get.
const source = "packages/core/src/index.ts";
const named = await bundle(getSecretAlone, source);
const real = await bundle(getSecretAlone, built);
const all = [await bundle(wholeRoot, source, false), await bundle(wholeRoot, built, false)] as const;
const gzipped = (gzipSync(real.code).length / 1000).toFixed(1);
const minified = (real.code.length / 1000).toFixed(1);
report(
  `bundle of \`import { getSecret }\` (${named.files.length} files, ${minified} kB minified, ${gzipped} kB gzipped)`,
  strangers([...named.files, ...real.files, ...all.flatMap(({ files }) => files)]).concat(testingIn(all[1].code)),
);

/** What is loaded with a provider before its first read: the entry's own chunk, and those that it imports at once. */
async function loadedWith(provider: string): Promise<ReadonlyMap<string, number>> {
  const { metafile } = await build({
    stdin: {
      contents: `export * from "${provider}";`,
      resolveDir: join(root, "packages", provider.split("/")[1] ?? ""),
    },
    absWorkingDir: root,
    outdir: "bundle",
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node22",
    write: false,
    metafile: true,
  });
  const { outputs } = metafile;
  const reached = (path: string): readonly (readonly [string, number])[] => {
    const { inputs = {}, imports = [] } = outputs[path] ?? {};
    const atOnce = imports.filter(({ kind, external }) => kind === "import-statement" && !external);
    const own = Object.entries(inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput] as const);
    return [...own, ...atOnce.flatMap((one) => reached(one.path))];
  };
  const loaded = Object.keys(outputs)
    .filter((path) => outputs[path]?.entryPoint === "<stdin>")
    .flatMap(reached);
  return new Map(loaded.filter(([path]) => path !== "<stdin>"));
}

function tooMuch(name: string, bytes: number, mostBytes: number): Finding[] {
  const what = `loads ${bytes} bytes of its own at the import, of at most ${mostBytes}: load what only calls need with the first of them.`;
  return bytes <= mostBytes ? [] : [{ at: name, what }];
}

for (const { name, folder } of publicPackages().filter((one) => one.folder.includes("provider-"))) {
  const loaded = await loadedWith(name);
  const files = [...loaded.keys()];
  if (files.length === 0) throw new Error(`${name}: nothing was bundled.`);
  const own = [...loaded].filter(([path]) => path.startsWith(`${relative(root, folder)}/`));
  const ownBytes = own.reduce((sum, [, bytes]) => sum + bytes, 0);
  const mostBytes = providersOfParts[basename(folder)] ?? Number.POSITIVE_INFINITY;
  report(
    `import of ${name} before its first read (${files.length} files, ${(ownBytes / 1000).toFixed(1)} kB of its own)`,
    strangers(files).concat(tooMuch(name, ownBytes, mostBytes)),
  );
}
