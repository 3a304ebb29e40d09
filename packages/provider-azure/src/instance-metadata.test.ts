import { ManagedIdentityCredential } from "@azure/identity";
import { afterAll, expect, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { startInstanceMetadata } from "../test/fake-managed-identity.ts";
import { withFake } from "../test/with-fake.ts";
import { azureKeyVault } from "./index.ts";

const identity = "5c1b0f2e-0d5c-4f3a-9a8e-2f6d7c1b0e9a";

// The vendor's package finds out once a process where tokens come from, and keeps those of an identity.
const endpoint = await startInstanceMetadata(identity);
vi.stubEnv("AZURE_POD_IDENTITY_AUTHORITY_HOST", endpoint.url);
afterAll(() => endpoint.close());

test("on a virtual machine, the identity that is assigned by its client id logs in", async () => {
  const { vault, agent } = await withFake();
  vault.set("db", "1");
  const credential = new ManagedIdentityCredential({ clientId: identity, retryOptions: { maxRetries: 0 } });
  const source = azureKeyVault({ vault: vault.server.url, credential, agent });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(endpoint.requests.map(({ query }) => query.get("resource"))).toEqual(["https://vault.azure.net"]);
  await source.close?.();
});

test("an identity that the machine does not have is unauthenticated, and the advice says to assign it", async () => {
  const { vault, agent } = await withFake();
  const clientId = "11111111-2222-3333-4444-555555555555";
  const credential = new ManagedIdentityCredential({ clientId, retryOptions: { maxRetries: 0 } });
  const source = azureKeyVault({ vault: vault.server.url, credential, agent });
  expect(await ask(source, "db")).toMatchObject({
    failure: "unauthenticated",
    advice: expect.stringContaining("assigned to this machine"),
  });
  expect(endpoint.requests.at(-1)?.query.get("client_id")).toBe(clientId);
  await source.close?.();
});

test("a machine without the endpoint is unavailable, and the advice says what is missing", async () => {
  await endpoint.inject("down");
  const { vault, agent } = await withFake();
  const clientId = "22222222-3333-4444-5555-666666666666";
  const credential = new ManagedIdentityCredential({ clientId, retryOptions: { maxRetries: 0 } });
  const source = azureKeyVault({ vault: vault.server.url, credential, agent });
  expect(await ask(source, "db")).toMatchObject({
    failure: "unavailable",
    advice: expect.stringContaining("169.254.169.254"),
  });
  await endpoint.heal();
  await source.close?.();
});
