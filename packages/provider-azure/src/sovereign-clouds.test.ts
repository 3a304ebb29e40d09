import { afterEach, expect, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { tenant } from "../test/fake-entra.ts";
import { failed } from "../test/fake-key-vault.ts";
import { hasToken, withFake } from "../test/with-fake.ts";
import type { AzureCloud } from "./clouds.ts";
import { azureKeyVault } from "./index.ts";

afterEach(() => void vi.doUnmock("@azure/identity"));

// https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates (DNS suffixes) and
// https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud (authorities).
const sovereign = [
  ["china", "vault.azure.cn", "https://login.chinacloudapi.cn"],
  ["us-government", "vault.usgovcloudapi.net", "https://login.microsoftonline.us"],
] as const satisfies readonly (readonly [AzureCloud, string, string])[];

test.each(sovereign)("a vault of the cloud %s is read with a token for %s, and for nothing else", async (_, suffix) => {
  const { entra, vault, server, source } = await withFake({}, { suffix });
  vault.set("db", "1");
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  const login = entra.server.requests.find(({ method }) => method === "POST");
  expect(new URLSearchParams(login?.text).get("scope")).toContain(`https://${suffix}/.default`);

  const other = await withFake({}, { suffix });
  const where = `authorization="${other.entra.server.url}/${tenant}"`;
  const challenge = { "www-authenticate": `Bearer ${where}, resource="https://vault.azure.net"` };
  await other.server.inject(failed(401, "Unauthorized", "AKV10000", { headers: challenge }));
  expect(await ask(other.source, "db")).toMatchObject({ failure: "unauthenticated" });
  expect([other.entra.logins, other.server.requests.filter(hasToken).length]).toEqual([0, 0]);
  expect(server.url).toContain(suffix);
});

test.each([...sovereign, ["public", "vault.azure.net", undefined] as const])(
  "without a credential, the chain of the cloud %s asks its own authority",
  async (cloud, suffix, authority) => {
    const made: unknown[] = [];
    vi.doMock("@azure/identity", () => ({
      DefaultAzureCredential: class {
        constructor(options: unknown) {
          made.push(options);
        }
        getToken = async () => null;
      },
    }));
    const { server, agent } = await withFake({}, { suffix });
    for (const own of [undefined, cloud]) {
      const source = azureKeyVault({ vault: server.url, cloud: own, agent });
      expect(await ask(source, "db")).toMatchObject({ failure: "unauthenticated" });
      await source.close?.();
    }
    const options = { retryOptions: { maxRetries: 0 }, ...(authority !== undefined && { authorityHost: authority }) };
    expect(made).toEqual([options, options]);
  },
);
