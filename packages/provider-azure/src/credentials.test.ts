import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClientCertificateCredential, ClientSecretCredential, WorkloadIdentityCredential } from "@azure/identity";
import { createSecrets } from "@secretsource/core";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { clientId, clientSecret, tenant, workloadToken } from "../test/fake-entra.ts";
import { clientCertificateCredential, hasToken, newCertificate, testSettings, withFake } from "../test/with-fake.ts";
import { azureKeyVault } from "./index.ts";

async function newFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "credential-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "contents");
  await writeFile(file, text);
  return file;
}

test("a workload identity logs in by the file that Kubernetes gives it", async () => {
  const { entra, vault, server, agent } = await withFake();
  vault.set("db", "1");
  const tokenFilePath = await newFile(workloadToken);
  const settings = { ...testSettings(entra, agent), tenantId: tenant, clientId, tokenFilePath };
  const source = azureKeyVault({ vault: server.url, credential: new WorkloadIdentityCredential(settings), agent });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(entra.server.requests.at(-1)?.text).toContain(encodeURIComponent("client_assertion_type").slice(0, 16));
  const strange = { ...settings, tokenFilePath: await newFile("another") };
  const refused = azureKeyVault({ vault: server.url, credential: new WorkloadIdentityCredential(strange), agent });
  expect(await ask(refused, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("service account"),
    native: { code: "AADSTS700213" },
  });
  await Promise.all([source.close?.(), refused.close?.()]);
});

describe("a client certificate", () => {
  async function readWith(certificate: string, { entra, server, agent }: Awaited<ReturnType<typeof withFake>>) {
    const credential = clientCertificateCredential(entra, agent, certificate);
    const source = azureKeyVault({ vault: server.url, credential, agent });
    onTestFinished(() => source.close?.());
    return ask(source, "db");
  }

  test("logs in by an assertion that it has signed, and its key stays here", async () => {
    const fake = await withFake();
    const { key, cert } = await newCertificate();
    fake.entra.certificates.push(cert);
    fake.vault.set("db", "1");
    expect(await readWith(`${key}${cert}`, fake)).toMatchObject({ payload: "1" });
    const [login] = fake.entra.server.requests.filter(({ method }) => method === "POST");
    expect(login?.text).toContain("client_assertion=");
    expect(login?.text).not.toContain("client_secret");
    expect(fake.entra.logins).toBe(1);
  });

  test("that the application does not have is refused, and so is another key below a known one", async () => {
    const fake = await withFake();
    const [own, other] = [await newCertificate(), await newCertificate()];
    const refusal = {
      failure: "unauthenticated",
      advice: expect.stringContaining("upload it to the app registration"),
      native: { code: "AADSTS700027" },
    };
    expect(await readWith(`${own.key}${own.cert}`, fake)).toMatchObject(refusal);
    fake.entra.certificates.push(own.cert);
    expect(await readWith(`${other.key}${own.cert}`, fake)).toMatchObject(refusal);
    expect(fake.server.requests.filter(hasToken)).toEqual([]);
  });

  test("is refused where the machine's clock is behind, and the advice says so", async () => {
    const fake = await withFake();
    const { key, cert } = await newCertificate();
    fake.entra.certificates.push(cert);
    fake.entra.clockAheadMs = 3_600_000;
    expect(await readWith(`${key}${cert}`, fake)).toMatchObject({
      failure: "unauthenticated",
      advice: expect.stringContaining("NTP"),
      native: { code: "AADSTS700024" },
    });
  });

  test.each([
    ["a file that is not there", () => ({ certificatePath: join(tmpdir(), "no-such-file.pem") })],
    ["a key without a certificate", async () => ({ certificatePath: await newFile((await newCertificate()).key) })],
  ])("from %s is unauthenticated, and the advice is about the file", async (_, configuration) => {
    const { entra, server, agent } = await withFake();
    const settings = testSettings(entra, agent);
    const credential = new ClientCertificateCredential(tenant, clientId, await configuration(), settings);
    const source = azureKeyVault({ vault: server.url, credential, agent });
    const failure = await ask(source, "db");
    expect(failure).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("file") });
    expect(JSON.stringify(failure)).not.toContain(tmpdir());
    expect(entra.logins).toBe(0);
    await source.close?.();
  });
});

test.each([
  [tenant, clientId, "wrong-secret-of-tests", "AADSTS7000215"],
  [tenant, "00000000-0000-0000-0000-000000000001", clientSecret, "AADSTS700016"],
])("what Entra refuses is unauthenticated, and the advice is for its reason: %#", async (own, id, secret, code) => {
  const { entra, agent, server } = await withFake();
  const credential = new ClientSecretCredential(own, id, secret, testSettings(entra, agent));
  const source = azureKeyVault({ vault: server.url, credential, agent });
  const failure = await ask(source, "db");
  expect(failure).toMatchObject({ failure: "unauthenticated", native: { code } });
  expect(JSON.stringify(failure)).not.toContain(secret);
  expect(server.requests.filter(hasToken)).toEqual([]);
  await source.close?.();
});

test.each(["down", "unavailable"] as const)("an Entra that is %s is unavailable, and it is named", async (fault) => {
  const { entra, source } = await withFake();
  await entra.server.inject(fault);
  expect(await ask(source, "db")).toMatchObject({
    failure: "unavailable",
    advice: expect.stringContaining("Entra ID"),
  });
});

test("a thousand callers at once: one token, one read", async () => {
  const { entra, vault, source, calls } = await withFake();
  vault.set("db", "1");
  const secrets = createSecrets({ source });
  const read = await Promise.all(Array.from({ length: 1000 }, () => secrets.getSecret("db")));
  expect(new Set(read.map((secret) => secret.reveal()))).toEqual(new Set(["1"]));
  expect([entra.logins, calls()]).toEqual([1, ["/secrets/db/"]]);
  await secrets.close();
});

test("reads of several secrets at the start share one login", async () => {
  const { entra, vault, server, source, calls } = await withFake();
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
  for (const name of names) vault.set(name, name);
  const read = await Promise.all(names.map((name) => ask(source, name)));
  expect(read.map((record) => "payload" in record && record.payload)).toEqual(names);
  expect([entra.logins, calls().length]).toEqual([1, 8]);
  // Each asks where to log in, as long as no answer has said it.
  expect(server.requests.length).toBe(16);
  await ask(source, "a");
  expect(server.requests.length).toBe(17);
});

test.each([
  ["is not installed", "ERR_MODULE_NOT_FOUND", "unauthenticated", "npm install @azure/identity"],
  ["cannot be read", "EMFILE", "unknown", "@azure/identity cannot be loaded"],
])(
  "without a credential, where the optional package %s, the advice says what to do",
  async (_, code, failure, said) => {
    let isThere = false;
    vi.doMock("@azure/identity", () => ({
      get DefaultAzureCredential() {
        if (!isThere) throw Object.assign(new Error("kX7qzpR2V9wT4bN8sHd5Jm"), { code });
        return class {
          getToken = async () => null;
        };
      },
    }));
    onTestFinished(() => vi.doUnmock("@azure/identity"));
    const { server, agent } = await withFake();
    const source = azureKeyVault({ vault: server.url, agent });
    expect(await ask(source, "db")).toMatchObject({ failure, advice: expect.stringContaining(said) });
    isThere = true;
    // What is no login that was refused is no reason to wait with the next one.
    if (failure === "unknown") expect(await ask(source, "db")).toMatchObject({ failure: "unauthenticated" });
    await source.close?.();
  },
);

test("without a credential, DefaultAzureCredential looks for one, and the advice says where", async () => {
  vi.stubEnv("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential");
  onTestFinished(() => void vi.unstubAllEnvs());
  const { server, agent } = await withFake();
  const source = azureKeyVault({ vault: server.url, agent });
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("az login"),
  });
  await source.close?.();
});

test("a choice of credentials that DefaultAzureCredential does not know is unauthenticated, and the variable is named", async () => {
  vi.stubEnv("AZURE_TOKEN_CREDENTIALS", "kX7qzpR2V9wT4bN8sHd5Jm");
  onTestFinished(() => void vi.unstubAllEnvs());
  const { server, agent } = await withFake();
  const source = azureKeyVault({ vault: server.url, agent });
  const failure = await ask(source, "db");
  expect(failure).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("AZURE_TOKEN_CREDENTIALS"),
  });
  expect(JSON.stringify(failure)).not.toContain("kX7qzpR2V9wT4bN8sHd5Jm");
  await source.close?.();
});

test.each([
  ["AZURE_CLIENT_CERTIFICATE_PATH", "EnvironmentCredential"],
  ["AZURE_FEDERATED_TOKEN_FILE", "WorkloadIdentityCredential"],
])("where %s names no file, the advice is about the file", async (variable, chosen) => {
  const path = join(tmpdir(), "no-such-file");
  const fileOf = new RegExp(`file .* cannot be read: .*${variable}`);
  vi.stubEnv("AZURE_TOKEN_CREDENTIALS", chosen);
  vi.stubEnv("AZURE_TENANT_ID", tenant);
  vi.stubEnv("AZURE_CLIENT_ID", clientId);
  vi.stubEnv(variable, path);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { server, agent } = await withFake();
  const source = azureKeyVault({ vault: server.url, agent });
  const failure = await ask(source, "db");
  expect(failure).toMatchObject({ failure: "unauthenticated", advice: expect.stringMatching(fileOf) });
  expect(JSON.stringify(failure)).not.toContain(path);
  await source.close?.();
});

test("a credential that gives nothing is no credential", async () => {
  const { source } = await withFake({ credential: { getToken: async () => null } });
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("no token"),
  });
});

test.each([
  [Object.assign(new Error("kX7qzpR2V9wT4bN8sHd5Jm"), { code: "ECONNREFUSED" }), "unavailable", "Entra ID"],
  [new TypeError("kX7qzpR2V9wT4bN8sHd5Jm"), "unauthenticated", "`credential`"],
  ["kX7qzpR2V9wT4bN8sHd5Jm", "unauthenticated", "`credential`"],
  // A vendor's error, as the vault's own would be.
  [
    Object.assign(new Error("kX7qzpR2V9wT4bN8sHd5Jm"), { name: "RestError", statusCode: 404 }),
    "unauthenticated",
    "`cr",
  ],
])("what a credential of one's own throws is a failure of the credential: %#", async (thrown, failure, words) => {
  const { server, source } = await withFake({ credential: { getToken: () => Promise.reject(thrown) } });
  const said = await ask(source, "db");
  expect(said).toEqual({ failure, advice: expect.stringContaining(words), native: expect.any(Object) });
  expect(JSON.stringify(said)).not.toContain("kX7qzpR2V9wT4bN8sHd5Jm");
  expect(server.requests.filter(hasToken)).toEqual([]);
});
