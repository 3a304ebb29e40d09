import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** One folder to upload: the handler, and the SDK in a file of its own that is loaded on first use. */
export async function bundleHandler(folder: string): Promise<{ readonly file: string; readonly sizes: string }> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "handler.ts")],
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    platform: "node",
    format: "esm",
    target: "node22",
    outExtension: { ".js": ".mjs" },
    banner: { js: 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);' },
    // The packages as they are installed: this workspace has paths to their sources.
    tsconfigRaw: {},
    logLevel: "error",
    write: false,
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(path, contents);
  const kB = (bytes: number) => `${Math.round(bytes / 1000)} kB`;
  const all = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
  const zipped = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
  return { file: join(folder, "handler.mjs"), sizes: `the bundle with the SDK: ${kB(all)}, zipped ${kB(zipped)}` };
}
