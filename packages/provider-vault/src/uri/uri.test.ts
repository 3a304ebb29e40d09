import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSecrets } from "@secretsource/core";
import type { SecretSource } from "@secretsource/core/source";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { bodyIs, FakeLogin } from "../../test/fake/fake-logins.ts";
import { FakeMinter } from "../../test/fake/fake-minter.ts";
import { startFake } from "../../test/fake/start-fake.ts";
import { certificateFor } from "../../test/fake-minting-store.ts";
import { vaultAws, vaultDatabase, vaultKv, vaultPath, vaultPki } from "../index.ts";

const folder = mkdtempSync(join(tmpdir(), "uri-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const context = { signal: new AbortController().signal, bypassCaches: true };
const schemes = [vaultKv, vaultDatabase, vaultAws, vaultPath, vaultPki];

async function open() {
  const fake = await startFake();
  vi.stubEnv("VAULT_ADDR", fake.address);
  vi.stubEnv("VAULT_TOKEN", fake.vault.root.value);
  fake.vault.kv.put("app", '{"value":"v","n":1}');
  const read = async (source: SecretSource, name: string) => {
    const record = await source.read({ name, version: "current" }, context);
    await source.close?.();
    return record;
  };
  return { ...fake, read };
}

function fileOf(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return encodeURIComponent(join(folder, name));
}

test("each names its source, with the address and the token of the environment", async () => {
  await using at = await open();
  const minter = (verb: string, method: string, data: () => object) => {
    const made = new FakeMinter(at.vault.leases, verb, method);
    made.roles.set("app", { lease: { ttl: 60 }, data });
    return made;
  };
  at.vault.mounts.set(
    "db/",
    minter("static-creds", "GET", () => ({ password: "p" })),
  );
  at.vault.mounts.set(
    "cloud/",
    minter("creds", "GET", () => ({ security_token: "t" })),
  );
  at.vault.mounts.set(
    "tls/",
    minter("issue", "POST", () => certificateFor(60)),
  );
  expect(await at.read(vaultKv.fromUri("vault-kv:"), "app")).toMatchObject({ payload: '{"value":"v","n":1}' });
  expect(await at.read(vaultKv.fromUri("vault-kv:secret?version=2&field=value"), "app")).toMatchObject({
    payload: "v",
  });
  expect(await at.read(vaultDatabase.fromUri("vault-database:db?roles=static"), "app")).toMatchObject({
    payload: '{"password":"p"}',
  });
  expect(await at.read(vaultAws.fromUri("vault-aws:cloud?ttl=15m&roleSessionName=s"), "app")).toMatchObject({
    lease: { ttlMs: 60_000 },
  });
  expect(await at.read(vaultPath.fromUri("vault-path:cloud/creds?mints=true"), "app")).toMatchObject({
    lease: { ttlMs: 60_000 },
  });
  expect(await at.read(vaultPki.fromUri("vault-pki:tls?certificateRole=app&ttl=1h"), "a.example")).toMatchObject({
    version: expect.any(String),
  });
  expect(at.asked()).toContain("GET cloud/creds/app?ttl=900s&role_session_name=s");
  const [issued] = at.server.requests.filter(({ path }) => path.endsWith("issue/app"));
  expect(JSON.parse(issued?.text ?? "")).toEqual({ common_name: "a.example", ttl: "3600s" });
});

test("another address, a namespace, an agent without our token", async () => {
  await using at = await open();
  await using other = await open();
  vi.stubEnv("VAULT_ADDR", at.address);
  const uri = `vault-kv:?address=${encodeURIComponent(other.address)}&namespace=team&agent=true`;
  await at.read(vaultKv.fromUri(uri), "app");
  expect(at.asked()).toEqual([]);
  expect(other.server.requests[0]?.headers).toMatchObject({ "x-vault-namespace": "team" });
  expect(other.server.requests[0]?.headers).not.toHaveProperty("x-vault-token");
});

test.each([
  ["approle", "approle", { role_id: "r", secret_id: "from-file" }, "roleId=r&"],
  ["kubernetes", "kubernetes", { role: "app", jwt: "from-file" }, "role=app&"],
  ["jwt", "jwt", { role: "app", jwt: "from-file" }, "role=app&"],
  ["jwt", "ci", { role: "app", jwt: "from-file" }, "role=app&loginMount=ci&"],
])("login=%s at auth/%s", async (login, mount, body, more) => {
  await using at = await open();
  at.vault.mounts.set(`auth/${mount}/`, new FakeLogin(at.vault.tokens, {}, bodyIs(body)));
  const source = vaultKv.fromUri(`vault-kv:?login=${login}&${more}file=${fileOf("credential", "from-file")}`);
  expect(await at.read(source, "app")).toMatchObject({ version: "1" });
  expect(at.asked()[0]).toBe(`POST auth/${mount}/login`);
});

test("login=approle with `wrappedFor`: the file has a wrapping token, made for that role", async () => {
  await using at = await open();
  at.vault.mounts.set("auth/approle/", new FakeLogin(at.vault.tokens, {}, bodyIs({ role_id: "r", secret_id: "s-1" })));
  const wrapping = at.vault.wrapping.wrap({ secret_id: "s-1" }, "auth/approle/role/app/secret-id");
  const source = vaultKv.fromUri(
    `vault-kv:?login=approle&roleId=r&wrappedFor=app&file=${fileOf("wrapping", wrapping)}`,
  );
  expect(await at.read(source, "app")).toMatchObject({ version: "1" });
  expect(at.asked().slice(0, 3)).toEqual([
    "POST sys/wrapping/lookup",
    "POST sys/wrapping/unwrap",
    "POST auth/approle/login",
  ]);
});

test("login=token-file: read again when it changes", async () => {
  await using at = await open();
  const source = vaultKv.fromUri(`vault-kv:?login=token-file&file=${fileOf("sink", at.vault.tokens.make().value)}`);
  const { value } = at.vault.tokens.make();
  await source.read({ name: "app", version: "current" }, context);
  fileOf("sink", `${value}\n\n`);
  await at.read(source, "app");
  expect(at.server.requests.at(-1)?.headers["x-vault-token"]).toBe(value);
});

test("a program chooses it by its environment", async () => {
  await using at = await open();
  const secrets = createSecrets({ from: "vault-kv:secret?field=value", schemes });
  expect((await secrets.getSecret("app")).reveal()).toBe("v");
  await secrets.close();
  expect(at.asked()).toContain("GET secret/data/app");
});

const canary = "hvs.canary";
test.each([
  `vault-kv:?token=${canary}`,
  `vault-kv:?secretId=${canary}`,
  `vault-kv:?address=https://user:${canary}@vault`,
  "vault-kv:?address=http://a&address=http://b",
  "vault-kv:?version=3",
  "vault-kv:?version=",
  "vault-kv:?version=2.0",
  "vault-kv:?field=",
  "vault-kv:?agent=yes",
  "vault-kv:?agent=true&login=kubernetes&role=a",
  "vault-kv:a/../b",
  "vault-kv:.",
  "vault-kv:?login=kubernetes&role=a&loginMount=",
  `vault-kv:?namespace=a%20${canary}`,
  "vault-kv:?tls.skipVerify=true",
  `vault-kv:?login=${canary}`,
  "vault-kv:?login=toString",
  "vault-kv:?login=token-file",
  "vault-kv:?login=approle&roleId=r",
  "vault-kv:?login=approle&roleId=r&wrappedFor=app",
  "vault-kv:?login=approle&roleId=r&file=f&wrappedFor=",
  "vault-kv:?login=kubernetes&role=a&wrappedFor=app",
  "vault-kv:?wrappedFor=app",
  "vault-kv:?login=kubernetes",
  "vault-kv:?login=kubernetes&role=",
  "vault-kv:?login=kubernetes&role=a&roleId=b",
  "vault-kv:?login=jwt&role=a",
  "vault-kv:?login=aws&file=x",
  "vault-kv:?role=a",
  "vault-kv:?file=a",
  "vault-database:?roles=other",
  "vault-aws:?ttl=5",
  "vault-aws:?propagation=9s",
  "vault-path:?mints=1",
  "vault-pki:",
  "vault-pki:?certificateRole=",
  "vault-pki:?certificateRole=web&ttl=5",
  `vault:${canary}`,
  "vault-kv",
])("%j is refused at once, and nothing of it is quoted that may be a credential", (uri) => {
  vi.stubEnv("VAULT_ADDR", "http://127.0.0.1:9");
  for (const { fromUri, scheme } of schemes) {
    if (uri.startsWith("vault-") && !uri.startsWith(`${scheme}:`)) continue;
    expect(() => fromUri(uri)).toThrow(expect.objectContaining({ code: "invalid-options" }));
    expect(() => fromUri(uri)).not.toThrow(canary);
  }
  expect(() => createSecrets({ from: uri, schemes })).toThrow(expect.objectContaining({ code: "invalid-options" }));
});
