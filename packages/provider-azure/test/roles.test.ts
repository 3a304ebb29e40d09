import { readFileSync } from "node:fs";
import type { SecretRecord, SourceFailure } from "@secretsource/core/source";
import { expect, test } from "vitest";
import type { NamedVaultOptions } from "../src/index.ts";
import { ask } from "./ask.ts";
import type { FakeKeyVault } from "./fake-key-vault.ts";
import { withFake } from "./with-fake.ts";

const page = readFileSync(new URL("../../../docs/azure.md", import.meta.url), "utf8");

/** The cells of the table of roles: what stands in backquotes, row by row. */
const table = /compared by a test with the calls that happen -->([\s\S]*?)\n\n(?!\|)/.exec(page)?.[1] ?? "";
const rows = table
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter((cells) => cells[2]?.startsWith("`"))
  .map(([, feature = "", permissions = "", actions = ""]) => ({
    feature,
    permissions: quoted(permissions),
    actions: quoted(actions),
  }));

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
}

// https://learn.microsoft.com/rest/api/keyvault/secrets/ (permissions) and
// https://learn.microsoft.com/azure/key-vault/general/rbac-guide (actions), by what is asked for.
function neededFor(path: string): { permission: string; action: string } {
  if (path.startsWith("/deletedsecrets/")) return { permission: "get", action: "readMetadata/action" };
  if (path.endsWith("/versions")) return { permission: "list", action: "readMetadata/action" };
  return { permission: "get", action: "getSecret/action" };
}

interface Use {
  readonly options?: Partial<NamedVaultOptions>;
  readonly before?: (vault: FakeKeyVault) => void;
  readonly uses: (source: Awaited<ReturnType<typeof withFake>>["source"], id: string) => Promise<unknown>;
  readonly gives: Partial<SecretRecord | SourceFailure>;
}

const uses: Readonly<Record<string, Use>> = {
  "`current`, an id": {
    async uses(source, id) {
      const first = await ask(source, "db", { id });
      return first.failure === undefined ? ask(source, "db") : first;
    },
    gives: { payload: "two" },
  },
  "`previous`": { uses: (source) => ask(source, "db", "previous"), gives: { payload: "one" } },
  "`tellDeleted`, where a secret is not found": {
    options: { tellDeleted: true },
    before: (vault) => vault.remove("db"),
    uses: (source) => ask(source, "db"),
    gives: { failure: "deleted" },
  },
};

test("every feature in the table is used here, and every feature here is in the table", () => {
  expect(rows.map(({ feature }) => feature)).toEqual(Object.keys(uses));
});

test.each(rows)(
  "$feature makes calls that need $permissions, and no others",
  async ({ feature, permissions, actions }) => {
    const { options, before, uses: use, gives } = uses[feature] as Use;
    const { vault, source, calls } = await withFake(options);
    const id = vault.set("db", "one");
    vault.set("db", "two");
    before?.(vault);
    expect(await use(source, id)).toMatchObject(gives);
    const needed = calls().map(neededFor);
    const sorted = (texts: readonly string[]) => [...new Set(texts)].toSorted();
    expect(sorted(needed.map(({ permission }) => permission))).toEqual(sorted(permissions));
    expect(sorted(needed.map(({ action }) => action))).toEqual(sorted(actions));
  },
);
