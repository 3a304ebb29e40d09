import { mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileSource } from "@secretsource/core";
import type { SourceHarness } from "../../src/index.ts";
import { fileLacks, filePromises, illegalPaths } from "./file-lacks.ts";
import { makeFolder, removeFolder } from "./temp-folder.ts";

interface Volume {
  readonly folder: string;
  readonly keys: Map<string, string | Uint8Array>;
  swaps: number;
}

const maxBytes = 4096;

export const volumeHarness: SourceHarness<Volume> = {
  name: "fileSource over a volume",
  promises: { ...filePromises, versions: true },
  open() {
    const volume: Volume = { folder: makeFolder(), keys: new Map(), swaps: 0 };
    swap(volume);
    return volume;
  },
  make: ({ folder }) => fileSource({ directory: folder, stripFinalNewline: false, maxBytes }),
  seed: {
    put(volume, name, payload) {
      volume.keys.set(name, payload);
      return swap(volume);
    },
    remove(volume, name) {
      volume.keys.delete(name);
      swap(volume);
    },
  },
  lacks: [...fileLacks, { what: ["garbage"], because: "Every content of a file is a value." }],
  names: {
    longest: "n".repeat(253),
    strange: ["tls.crt", "a.b-c_d", ".hidden", "a..b", "A"],
    alike: ["x-b", "x_b", "x.b"],
    illegal: illegalPaths,
  },
  limitBytes: maxBytes,
  faults: { down: ({ folder }) => renameSync(folder, `${folder}-away`) },
  heal: ({ folder }) => renameSync(`${folder}-away`, folder),
  end: ({ folder }) => {
    removeFolder(folder);
    removeFolder(`${folder}-away`);
  },
};

/** New contents under a name of their own, then one rename of the link to them, as the kubelet does it. */
function swap(volume: Volume): string {
  const { folder, keys } = volume;
  volume.swaps += 1;
  const contents = `..2026_01_01_00_00_00.${volume.swaps}`;
  mkdirSync(join(folder, contents));
  for (const [key, value] of keys) writeFileSync(join(folder, contents, key), value);
  const old = volume.swaps === 1 ? undefined : readlinkSync(join(folder, "..data"));
  symlinkSync(contents, join(folder, "..data_tmp"));
  renameSync(join(folder, "..data_tmp"), join(folder, "..data"));
  if (old !== undefined) rmSync(join(folder, old), { recursive: true });
  return contents;
}
