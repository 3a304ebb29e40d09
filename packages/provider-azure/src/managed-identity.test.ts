import { ManagedIdentityCredential } from "@azure/identity";
import { afterAll, expect, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { identityHeader, startManagedIdentity } from "../test/fake-managed-identity.ts";
import { withFake } from "../test/with-fake.ts";
import { azureKeyVault } from "./index.ts";

// The vendor's package finds out once a process where tokens come from, and keeps those of an identity.
const endpoint = await startManagedIdentity();
vi.stubEnv("IDENTITY_ENDPOINT", `${endpoint.url}/msi/token`);
vi.stubEnv("IDENTITY_HEADER", identityHeader);
vi.stubEnv("AZURE_TOKEN_CREDENTIALS", "ManagedIdentityCredential");
afterAll(() => endpoint.close());

test("on App Service and Container Apps, no credential is needed: the chain finds the managed identity", async () => {
  const { vault, agent } = await withFake();
  vault.set("db", "1");
  const source = azureKeyVault({ vault: vault.server.url, agent });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(endpoint.requests).toHaveLength(1);
  await source.close?.();
});

test("a managed identity's token that the vault refuses is refused again: Azure has no other one for hours", async () => {
  const { vault, agent, calls } = await withFake();
  vault.set("db", "1");
  const clientId = "66666666-7777-8888-9999-000000000000";
  const source = azureKeyVault({
    vault: vault.server.url,
    credential: new ManagedIdentityCredential({ clientId, retryOptions: { maxRetries: 0 } }),
    agent,
  });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  const before = endpoint.requests.length;
  vault.refusesAll = true;
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("does not accept the token"),
  });
  expect([endpoint.requests.length - before, calls().length]).toEqual([0, 3]);
  await source.close?.();
});
