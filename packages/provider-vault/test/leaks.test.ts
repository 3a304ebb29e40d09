import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect, promisify } from "node:util";
import { jsonAnswer } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import { assertLeaksNothing } from "@secretsource/core/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appRole, awsIam, jwt, kubernetes, token, tokenFile, type VaultLogin } from "../src/auth/index.ts";
import { vaultConnection, vaultKv, vaultPki, vaultTransit } from "../src/index.ts";
import { FakeLogin } from "./fake/fake-logins.ts";
import { FakeMinter } from "./fake/fake-minter.ts";
import { refuse, reply } from "./fake/reply.ts";
import { type RunningFake, startFake } from "./fake/start-fake.ts";

const run = promisify(execFile);

const canaries = {
  "a value": "kX7qzpR2V9wT4bN8sHd5Jm",
  "a token of ours": "hvs.Qm3Zt7Lw2Yv9Kc4Rb8Xn",
  "a secret id": "5f0e9d1c-aa77-4b66-8f55-1234abcd9876",
  "a wrapping token": "hvs.Wr6Pp1Ng9Tk3Nv7Bq2Zs",
  "a JWT": "eyJhbGciOi.Jx5VqT9wLm2.Rz8Kd3Fy6Nc",
  "an AWS key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCY",
  "a private key": "MHcCAQEEIGqZ4tVw8Lm2Nk7Rp3Sx9Ty",
  "a plaintext": "4929-8812-7745-0031-card",
} as const;

const folder = mkdtempSync(join(tmpdir(), "leaks-"));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

let fake: RunningFake;
beforeAll(async () => {
  // node-vault prints what is written if it is told to.
  process.env.DEBUG = "*";
  fake = await startFake();
  const { vault } = fake;
  vault.tokens.make({}, canaries["a token of ours"]);
  vault.kv.put("db", JSON.stringify({ password: canaries["a value"] }));
  for (const mount of ["approle", "kubernetes", "jwt", "aws"]) {
    // What it was given stands in its answer.
    const echo = new FakeLogin(vault.tokens, {}, (body) => refuse(400, `invalid: ${JSON.stringify(body)}`));
    vault.mounts.set(`auth/${mount}/`, echo);
  }
  vault.mounts.set("sys/wrapping/", {
    handle: ({ body, wire }) => refuse(400, `bad ${JSON.stringify(body)} ${wire.headers["x-vault-token"]}`),
  });
  const pki = new FakeMinter(vault.leases, "issue", "POST");
  pki.roles.set("web", { data: () => ({ private_key: canaries["a private key"] }) });
  vault.mounts.set("pki/", pki);
  vault.mounts.set("transit/", {
    handle: ({ body }) => reply({ data: { batch_results: [{ error: `bad ${JSON.stringify(body)}` }] } }),
  });
});
afterAll(async () => {
  delete process.env.DEBUG;
  await fake.server.close();
});

const logins: readonly [string, () => VaultLogin][] = [
  ["token", () => token({ token: canaries["a token of ours"] })],
  ["tokenFile", () => tokenFile(fileOf("token", canaries["a token of ours"]))],
  ["appRole", () => appRole({ roleId: "r", secretId: canaries["a secret id"] })],
  ["appRole, file", () => appRole({ roleId: "r", secretIdFile: fileOf("id", canaries["a secret id"]) })],
  [
    "appRole, wrapped",
    () => appRole({ roleId: "r", wrappedSecretId: { role: "a", token: canaries["a wrapping token"] } }),
  ],
  ["kubernetes", () => kubernetes({ role: "a", tokenFile: fileOf("jwt", canaries["a JWT"]) })],
  ["jwt", () => jwt({ role: "a", jwt: async () => canaries["a JWT"] })],
  ["jwt that throws it", () => jwt({ role: "a", jwt: () => Promise.reject(new Error(canaries["a JWT"])) })],
  [
    "awsIam",
    () => awsIam({ role: "a", credentials: { accessKeyId: "AKIA1", secretAccessKey: canaries["an AWS key"] } }),
  ],
  [
    "one of one's own that throws",
    () => ({ method: "own", login: () => Promise.reject(new Error(canaries["a token of ours"])) }),
  ],
];

const broken = {
  denied: jsonAnswer({ errors: [`permission denied: ${canaries["a value"]}`] }, { status: 403 }),
  odd: jsonAnswer({ errors: [canaries["a value"]] }, { status: 418 }),
  page: { body: `<html>${canaries["a value"]}</html>` },
  wrong: jsonAnswer({ data: { data: canaries["a value"] } }),
};

test.each(logins)("%s: nothing of it in what is said, whatever the server answers", async (_, makeLogin) => {
  await assertLeaksNothing(canaries, async () => {
    const login = makeLogin();
    const source = vaultKv({ address: fake.address, env: {}, login });
    const connection = vaultConnection({ address: fake.address, env: {}, login });
    const secrets = createSecrets({ source });
    const heard: unknown[] = [login, source, connection];
    secrets.on((event) => void heard.push(event));
    const read = () =>
      secrets.getSecret("db", { refresh: true }).then(
        (one) => heard.push(one),
        (error) => heard.push(error),
      );
    await read();
    for (const answer of Object.values(broken)) {
      await fake.server.inject(answer);
      await read();
      await fake.server.heal();
    }
    await fake.server.inject("reset-after");
    await read();
    await fake.server.heal();
    await secrets.close();
    await connection.close();
    expect(heard.length).toBeGreaterThan(5);
    return [heard, inspect(heard, { depth: 9, showHidden: true }), secrets.status()];
  });
});

test("certificates and transit", async () => {
  await assertLeaksNothing(canaries, async () => {
    const login = token({ token: canaries["a token of ours"] });
    const connection = vaultConnection({ address: fake.address, env: {}, login });
    const pki = vaultPki({ connection, certificates: () => ({ role: "web" }) });
    const transit = vaultTransit({ connection });
    const context = { signal: new AbortController().signal, bypassCaches: true };
    const heard: unknown[] = [pki, transit];
    heard.push(await pki.read({ name: "web", version: "current" }, context));
    heard.push(await transit.encrypt("k", [{ plaintext: canaries["a plaintext"] }]));
    await fake.server.inject(broken.odd);
    heard.push(await transit.encrypt("k", [{ plaintext: canaries["a plaintext"] }]).catch((error: unknown) => error));
    await fake.server.heal();
    await connection.close();
    return [heard, inspect(heard, { depth: 9, showHidden: true })];
  });
});

test.each(["node-vault", "*"])("what node-vault and whatever is below it print with DEBUG=%s", async (DEBUG) => {
  const told = (["a token of ours", "a secret id", "a JWT", "a plaintext"] as const).map((name) => canaries[name]);
  const hook = join(import.meta.dirname, "../../conformance/test/runner/from-sources.ts");
  const program = join(import.meta.dirname, "programs/prints-everything.ts");
  const env = { ...process.env, DEBUG };
  const { stdout, stderr } = await run(process.execPath, ["--import", hook, program, fake.address, ...told], { env });
  expect(stdout).toMatch(/access-denied|not-found|unauthenticated/);
  expect(stdout.trimEnd()).toMatch(/the end$/);
  for (const canary of Object.values(canaries)) expect(stdout + stderr).not.toContain(canary);
});

test.each([
  () => vaultKv({ address: `https://user:${canaries["a value"]}@vault`, env: {} }),
  () => vaultKv({ address: "http://a", env: { VAULT_TOKEN: `${canaries["a token of ours"]}\n` } }),
  () => vaultKv({ address: "http://a", env: {}, tls: { ca: canaries["a private key"], caFile: "x" } }),
  () => vaultKv({ address: "http://a", env: {}, namespace: `a ${canaries["a value"]}` }),
  () => vaultKv({ address: "http://a", env: { VAULT_SKIP_VERIFY: canaries["a value"] } }),
  () => vaultKv({ address: "http://a", env: {}, redirectsTo: [canaries["a value"]] }),
  () => appRole({ roleId: "r", secretId: canaries["a secret id"], secretIdFile: canaries["a secret id"] }),
])("a mistake in the options shows none of them (%#)", async (make) => {
  await assertLeaksNothing(canaries, () => {
    try {
      make();
    } catch (error) {
      return error;
    }
    throw new Error("accepted");
  });
});
