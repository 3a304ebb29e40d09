import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClientSecretCredential, WorkloadIdentityCredential } from "@azure/identity";
import { createSecrets } from "@secretsource/core";
import { expect, onTestFinished, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { clientId, clientSecret, tenant, workloadToken } from "../test/fake-entra.ts";
import { hasToken, testSettings, withFake } from "../test/with-fake.ts";
import type { AzureTokenOptions } from "./azure-credential.ts";
import { azureKeyVault } from "./index.ts";

async function tokenFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "token-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "azure-identity-token");
  await writeFile(file, text);
  return file;
}

test("a workload identity logs in by the file that Kubernetes gives it", async () => {
  const { entra, vault, server, agent } = await withFake();
  vault.set("db", "1");
  const tokenFilePath = await tokenFile(workloadToken);
  const settings = { ...testSettings(entra, agent), tenantId: tenant, clientId, tokenFilePath };
  const source = azureKeyVault({ vault: server.url, credential: new WorkloadIdentityCredential(settings), agent });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(entra.server.requests.at(-1)?.text).toContain(encodeURIComponent("client_assertion_type").slice(0, 16));
  const strange = { ...settings, tokenFilePath: await tokenFile("another") };
  const refused = azureKeyVault({ vault: server.url, credential: new WorkloadIdentityCredential(strange), agent });
  expect(await ask(refused, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("service account"),
    native: { code: "AADSTS700213" },
  });
  await Promise.all([source.close?.(), refused.close?.()]);
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
  const { entra, vault, source, calls } = await withFake();
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
  for (const name of names) vault.set(name, name);
  const read = await Promise.all(names.map((name) => ask(source, name)));
  expect(read.map((record) => "payload" in record && record.payload)).toEqual(names);
  expect([entra.logins, calls().length]).toEqual([1, 8]);
});

/** A credential that answers when it is told to. */
function slowCredential() {
  const asked: { options: AzureTokenOptions; answer: PromiseWithResolvers<never> }[] = [];
  const getToken = (_scopes: unknown, options: AzureTokenOptions = {}) => {
    const answer = Promise.withResolvers<never>();
    asked.push({ options, answer });
    return answer.promise;
  };
  return { asked, getToken };
}

test("who gives up waiting for a login leaves it to the others; when nobody waits, it is ended", async () => {
  const credential = slowCredential();
  const { source } = await withFake({ credential });
  const [one, other] = [new AbortController(), new AbortController()];
  const reads = [one, other].map(({ signal }) =>
    source.read({ name: "db", version: "current" }, { signal, bypassCaches: false }),
  );
  await vi.waitFor(() => expect(credential.asked).toHaveLength(1));
  const signal = credential.asked[0]?.options.abortSignal;
  one.abort();
  await expect(reads[0]).rejects.toThrow();
  expect(signal?.aborted).toBe(false);
  other.abort();
  await expect(reads[1]).rejects.toThrow();
  expect(signal?.aborted).toBe(true);
  expect(credential.asked).toHaveLength(1);
});

test("without a credential and without the optional package, the advice says what to install", async () => {
  vi.doMock("./identity-sdk.ts", () => ({
    makeDefaultCredential() {
      throw Object.assign(new Error("Cannot find package '@azure/identity'"), { code: "ERR_MODULE_NOT_FOUND" });
    },
  }));
  onTestFinished(() => vi.doUnmock("./identity-sdk.ts"));
  const { server, agent } = await withFake();
  const source = azureKeyVault({ vault: server.url, agent });
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("npm install @azure/identity"),
  });
  await source.close?.();
});

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

test("a credential that gives nothing is no credential", async () => {
  const { source } = await withFake({ credential: { getToken: async () => null } });
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("no token"),
  });
});
