import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { envSource } from "@secretsource/core";
import type { SourceHarness } from "../../src/index.ts";
import { makeFolder, removeFolder } from "./temp-folder.ts";

interface Environment {
  readonly variables: Record<string, string>;
  /** Holds what a variable cannot hold, for the `_FILE` form. */
  readonly folder: string;
}

const prefix = "APP_";

export const envHarness: SourceHarness<Environment> = {
  name: "envSource",
  promises: {
    stages: ["current"],
    versions: false,
    versionIds: false,
    labels: false,
    binary: true,
    mints: false,
    methods: [],
  },
  open: () => ({ variables: {}, folder: makeFolder() }),
  make: ({ variables }) => envSource({ prefix, env: variables }),
  seed: {
    put({ variables, folder }, name, payload) {
      const variable = variableOf(name);
      delete variables[variable];
      delete variables[`${variable}_FILE`];
      if (typeof payload === "string") variables[variable] = payload;
      else {
        const file = join(folder, variable);
        writeFileSync(file, payload);
        variables[`${variable}_FILE`] = file;
      }
      return undefined;
    },
    remove({ variables }, name) {
      delete variables[variableOf(name)];
    },
  },
  lacks: [
    { what: ["stage", "promote", "rollBack", "label", "disable"], because: "A variable has one value and no state." },
    { what: ["deny"], because: "A process may read its whole environment." },
    { what: ["limit"], because: "The operating system alone limits a variable, before the program starts." },
    {
      what: ["down", "unauthenticated", "garbage", "network", "requests", "credentials"],
      because: "There is no store.",
    },
  ],
  names: {
    longest: "n".repeat(2048),
    strange: ["production/myapp/db", "9lives", "a b", "ünï-1", "mixedCase.name"],
    alike: ["a/b", "a-b", "a_b", "A/B", "a.b"],
    illegal: ["/", "---", "名前"],
  },
  end: ({ folder }) => removeFolder(folder),
};

function variableOf(name: string): string {
  return prefix + name.replaceAll(/[^A-Za-z0-9]/gu, "_").toUpperCase();
}
