import { readFileSync } from "node:fs";
import type { SecretSource } from "@secretsource/core/source";
import { expect, test } from "vitest";
import type { GcpSecretManagerOptions } from "../src/index.ts";
import { ask } from "./ask.ts";
import type { FakeSecrets, Method } from "./fake/fake-secrets.ts";
import { withGrpc } from "./with-fake.ts";

const page = readFileSync(new URL("../../../docs/gcp.md", import.meta.url), "utf8");

/** The cells of the table of roles: what stands in backquotes, row by row. */
const table = /compared by a test with the calls that happen -->([\s\S]*?)\n\n(?!\|)/.exec(page)?.[1] ?? "";
const rows = table
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter((cells) => cells[2]?.startsWith("`"))
  .map(([, feature = "", permissions = "", roles = ""]) => ({
    feature,
    permissions: quoted(permissions),
    roles: quoted(roles),
  }));

function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
}

const permissionOf: Readonly<Record<Method, string>> = {
  AccessSecretVersion: "secretmanager.versions.access",
  GetSecretVersion: "secretmanager.versions.get",
  ListSecretVersions: "secretmanager.versions.list",
  GetSecret: "secretmanager.secrets.get",
};

// https://cloud.google.com/secret-manager/docs/access-control: what of these each role has.
const roleOf: Readonly<Record<string, string>> = {
  "secretmanager.versions.access": "roles/secretmanager.secretAccessor",
  "secretmanager.versions.get": "roles/secretmanager.viewer",
  "secretmanager.versions.list": "roles/secretmanager.viewer",
  "secretmanager.secrets.get": "roles/secretmanager.viewer",
};

interface Use {
  readonly options?: GcpSecretManagerOptions;
  readonly before?: (secrets: FakeSecrets) => void;
  readonly uses: (source: SecretSource) => Promise<unknown>;
}

const context = () => ({ signal: AbortSignal.timeout(5000), bypassCaches: false });
const uses: Readonly<Record<string, Use>> = {
  "`current`, an id, a label": {
    before: (secrets) => secrets.label("db", "blue", "1"),
    async uses(source) {
      for (const version of ["current", { id: "1" }, { label: "blue" }] as const) {
        const answer = await ask(source, "db", version);
        if (answer.failure !== undefined) return answer;
      }
      return {};
    },
  },
  '`newest: "enabled"`, while the last version is disabled': {
    options: { newest: "enabled" },
    before: (secrets) => secrets.setState("db", "DISABLED"),
    uses: (source) => ask(source, "db"),
  },
  "`previous`": { uses: (source) => ask(source, "db", "previous") },
  "`secretDetails`": {
    options: { secretDetails: true },
    async uses(source) {
      const record = await ask(source, "db");
      return "warnings" in record ? { failure: "access-denied" } : record;
    },
  },
  "looks at watched secrets": { uses: async (source) => source.probe?.({ name: "db", version: "current" }, context()) },
};

test("every feature in the table is used here, and every feature here is in the table", () => {
  expect(rows.map(({ feature }) => feature)).toEqual(Object.keys(uses));
});

test.each(rows)(
  "$feature makes calls that need $permissions, and no others",
  async ({ feature, permissions, roles }) => {
    const { options, before, uses: use } = uses[feature] as Use;
    const { secrets, server, source } = await withGrpc(options);
    for (const value of ["one", "two"]) secrets.put("db", value);
    before?.(secrets);
    expect(await use(source)).not.toHaveProperty("failure", expect.any(String));
    const needed = new Set(server.calls.map(({ method }) => permissionOf[method]));
    expect([...needed].sort()).toEqual(permissions.toSorted());
    expect(roles).toEqual([...new Set(permissions.map((permission) => roleOf[permission]))]);
    for (const method of new Set(server.calls.map((call) => call.method))) {
      secrets.denied.add(method);
      expect(await use(source), `without ${permissionOf[method]}`).toHaveProperty("failure", "access-denied");
      secrets.denied.delete(method);
    }
  },
);

test("a thousand callers at once are one call", async () => {
  const { secrets, server, source } = await withGrpc();
  secrets.put("db", "one");
  const { createSecrets } = await import("@secretsource/core");
  const instance = createSecrets({ source });
  const all = await Promise.all(Array.from({ length: 1000 }, () => instance.getSecret("db")));
  expect(new Set(all.map((secret) => secret.reveal()))).toEqual(new Set(["one"]));
  expect(server.calls).toHaveLength(1);
  await instance.close();
});
