import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileSource } from "@secretsource/core";
import type { SourceHarness } from "../../src/index.ts";
import { fileLacks, filePromises, illegalPaths } from "./file-lacks.ts";
import { makeFolder, removeFolder } from "./temp-folder.ts";

const maxBytes = 4096;

export const folderHarness: SourceHarness<string> = {
  name: "fileSource over a folder",
  promises: filePromises,
  open() {
    const folder = makeFolder();
    mkdirSync(join(folder, "secrets"));
    return folder;
  },
  make: (folder) => fileSource({ directory: join(folder, "secrets"), stripFinalNewline: false, maxBytes }),
  seed: {
    put(folder, name, payload) {
      const path = join(folder, "secrets", name);
      mkdirSync(dirname(path), { recursive: true });
      // As whoever writes secrets should: a reader never sees half of a file.
      writeFileSync(join(folder, "new"), payload);
      renameSync(join(folder, "new"), path);
      return undefined;
    },
    remove: (folder, name) => rmSync(join(folder, "secrets", name)),
  },
  lacks: [...fileLacks, { what: ["garbage"], because: "Every content of a file is a value." }],
  names: {
    longest: Array.from({ length: 8 }, () => "n".repeat(255)).join("/"),
    strange: ["production/myapp/db", "a b", " ", ".hidden", "a..b", "näme", "名前", "🔑", "%2e%2e", "constructor.name"],
    alike: ["x/b", "x-b", "x_b", "x.b", "x b"],
    illegal: illegalPaths,
  },
  limitBytes: maxBytes,
  faults: { down: (folder) => renameSync(join(folder, "secrets"), join(folder, "away")) },
  heal: (folder) => renameSync(join(folder, "away"), join(folder, "secrets")),
  end: removeFolder,
};
