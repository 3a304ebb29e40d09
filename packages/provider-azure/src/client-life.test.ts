import { Agent } from "node:https";
import { SecretClient } from "@azure/keyvault-secrets";
import type { WireRequest } from "@secretsource/conformance/wire";
import { expect, onTestFinished, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { hasToken, withFake } from "../test/with-fake.ts";
import { azureKeyVault, type NamedVaultOptions } from "./index.ts";

const readDb = (source: ReturnType<typeof azureKeyVault>, signal: AbortSignal, version: "current" | "previous") =>
  source.read({ name: "db", version }, { signal, bypassCaches: false });

test.each(["hang", "trickle"] as const)(
  "an abort ends a read during the fault %s, and its connection",
  async (fault) => {
    const controller = new AbortController();
    const { vault, server, source } = await withFake();
    vault.set("db", "1");
    await server.inject(fault, { where: hasToken });
    const reading = readDb(source, controller.signal, "current");
    const request = await server.request(2);
    controller.abort();
    await expect(reading).rejects.toThrow();
    expect(await request.end).toBe("cut");
  },
);

test("an abort ends the request for a later page as well", async () => {
  const controller = new AbortController();
  const { vault, server, source } = await withFake();
  for (let n = 0; n < 30; n += 1) vault.set("db", `${n}`);
  const isSecondPage = ({ query }: WireRequest) => query.has("$skiptoken");
  await server.inject("hang", { where: isSecondPage });
  const reading = readDb(source, controller.signal, "previous");
  const request = await server.request(3);
  expect(isSecondPage(request)).toBe(true);
  controller.abort();
  await expect(reading).rejects.toThrow();
  expect(await request.end).toBe("cut");
});

test("a proxy variable that holds no URL is unavailable, and the advice says how one is written", async () => {
  const { vault, source } = await withFake();
  vault.set("db", "1");
  vi.stubEnv("HTTPS_PROXY", "kX7qzpR2V9wT4bN8sHd5Jm");
  onTestFinished(() => void vi.unstubAllEnvs());
  const failure = await ask(source, "db");
  expect(failure).toMatchObject({ failure: "unavailable", advice: expect.stringContaining("HTTPS_PROXY") });
  expect(JSON.stringify(failure)).not.toContain("kX7qzpR2V9wT4bN8sHd5Jm");
  vi.unstubAllEnvs();
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
});

test("with a signal that is aborted already, nothing is sent", async () => {
  const { server, source } = await withFake();
  await expect(readDb(source, AbortSignal.abort(), "current")).rejects.toThrow();
  expect(server.requests).toEqual([]);
});

test("a client that is handed in is used as it is, and outlives the source", async () => {
  const { vault, server, credential, agent } = await withFake();
  const id = vault.set("db", "1");
  vault.set("db", "2");
  const client = new SecretClient(server.url, credential, { agent, retryOptions: { maxRetries: 0 } });
  const source = azureKeyVault({ client });
  expect(await ask(source, "db")).toMatchObject({ payload: "2", requestId: expect.any(String) });
  expect(await ask(source, "db", "previous")).toMatchObject({ payload: "1", version: id });
  expect(await ask(source, `${server.url}/secrets/db/${id}`)).toMatchObject({ payload: "1" });
  expect(await ask(source, "https://other.vault.azure.net/secrets/db")).toMatchObject({ failure: "invalid-request" });
  await source.close?.();
  expect(await ask(azureKeyVault({ client }), "db")).toMatchObject({ payload: "2" });
});

test("a time limit of a client that is handed in is a timeout, and no abort", async () => {
  const { server, credential, agent } = await withFake();
  const inner = new SecretClient(server.url, credential, { agent, retryOptions: { maxRetries: 0 } });
  const client = {
    vaultUrl: inner.vaultUrl,
    getSecret: (name: string, options: object) =>
      inner.getSecret(name, { ...options, requestOptions: { timeout: 50 } }),
    listPropertiesOfSecretVersions: inner.listPropertiesOfSecretVersions.bind(inner),
    getDeletedSecret: inner.getDeletedSecret.bind(inner),
  };
  await server.inject("hang");
  expect(await ask(azureKeyVault({ client }), "db")).toMatchObject({ failure: "timeout" });
});

/** Nobody listens there. */
const vault = "https://127.0.0.1:1";

async function readAndClose(options: NamedVaultOptions): Promise<number> {
  const destroy = vi.spyOn(Agent.prototype, "destroy");
  const source = azureKeyVault({ credential: { getToken: async () => null }, ...options });
  expect(await ask(source, "db")).toMatchObject({ failure: "unavailable" });
  expect(destroy).not.toHaveBeenCalled();
  await source.close?.();
  const { length } = destroy.mock.calls;
  destroy.mockRestore();
  return length;
}

test("an agent of ours ends with the source, one that was handed in does not", async () => {
  expect(await readAndClose({ vault })).toBe(1);
  expect(await readAndClose({ vault, agent: new Agent() })).toBe(0);
});

test("an agent of ours keeps no connection for a read that outlives the source", async () => {
  const connect = vi.spyOn(Agent.prototype, "createConnection");
  onTestFinished(() => connect.mockRestore());
  const source = azureKeyVault({ credential: { getToken: async () => null }, vault });
  const reading = ask(source, "db");
  await source.close?.();
  expect(await reading).toMatchObject({ failure: "unavailable" });
  expect(connect.mock.contexts).toEqual([expect.objectContaining({ keepAlive: false })]);
});

test("the proxy that the environment names is the SDK's matter", async () => {
  vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:1");
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await readAndClose({ vault })).toBe(0);
});
