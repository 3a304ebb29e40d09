import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileSource } from "@secretsource/core";
import type { SourceHarness } from "../../src/index.ts";
import { fileLacks, filePromises } from "./file-lacks.ts";
import { makeFolder, removeFolder } from "./temp-folder.ts";

interface KeyedFile {
  readonly folder: string;
  readonly file: string;
  readonly entries: Map<string, string>;
}

type Format = (entries: ReadonlyMap<string, string>) => string;

const maxBytes = 4096;

function keyedFile(ending: string, format: Format, broken: Format): Omit<SourceHarness<KeyedFile>, "name" | "names"> {
  const write = ({ folder, file, entries }: KeyedFile, text = format(entries)) => {
    writeFileSync(join(folder, "new"), text);
    renameSync(join(folder, "new"), file);
  };
  return {
    promises: { ...filePromises, binary: false },
    open() {
      const folder = makeFolder();
      const store: KeyedFile = { folder, file: join(folder, `secrets${ending}`), entries: new Map() };
      write(store);
      return store;
    },
    make: ({ file }) => fileSource({ file, maxBytes }),
    seed: {
      put(store, name, payload) {
        store.entries.set(name, String(payload));
        write(store);
        return undefined;
      },
      remove(store, name) {
        store.entries.delete(name);
        write(store);
      },
    },
    lacks: [
      ...fileLacks,
      { what: ["bytes"], because: "The file is text." },
      { what: ["illegal-names"], because: "A name that no entry can have is one that no entry has." },
    ],
    limitBytes: (name) => maxBytes - Buffer.byteLength(format(new Map([[name, ""]]))),
    faults: {
      down: ({ file }) => rmSync(file),
      garbage: (store) => write(store, broken(store.entries)),
    },
    heal: (store) => write(store),
    end: ({ folder }) => removeFolder(folder),
  };
}

const jsonText: Format = (entries) => JSON.stringify(Object.fromEntries(entries));

export const jsonFileHarness: SourceHarness<KeyedFile> = {
  ...keyedFile(".json", jsonText, (entries) => jsonText(entries).replace(/"\}$/, "}")),
  name: "fileSource over a JSON file",
  names: {
    longest: "n".repeat(2048),
    strange: ["production/myapp/db", "../up", " ", 'a "quoted" name', "a\\b", "名前", "🔑", "constructor.name"],
    alike: ["a/b", "a-b", "a_b", "A/B", "caf\u00e9", "cafe\u0301"],
    illegal: [],
  },
};

const dotenvText: Format = (entries) =>
  [...entries]
    .map(([name, value]) => `${name}="${value.replaceAll(/[\\"]/g, "\\$&").replaceAll("\r", "\\r")}"\n`)
    .join("");

export const dotenvFileHarness: SourceHarness<KeyedFile> = {
  ...keyedFile(".env", dotenvText, (entries) => dotenvText(entries).replace(/"\n$/, "\n")),
  name: "fileSource over a dotenv file",
  names: {
    longest: "n".repeat(2048),
    strange: ["production/myapp/db", "../up", "a@b:c+d", "9", ".", "export"],
    alike: ["a/b", "a-b", "a_b", "A/B", "a.b"],
    illegal: [],
  },
};
