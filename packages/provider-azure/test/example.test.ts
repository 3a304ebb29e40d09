import { ManagedIdentityCredential } from "@azure/identity";
import { makeAuthority, type WireCertificate } from "@secretsource/conformance/wire";
import { createSecrets, type Secrets } from "@secretsource/core";
import { afterAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { certificateOf } from "../../../examples/azure-service/src/certificate.ts";
import { startService } from "../../../examples/azure-service/src/service.ts";
import { TlsClient } from "../../../examples/azure-service/src/tls-client.ts";
import { pemOf, pfxOf } from "../../../examples/azure-service/src/vault-forms.ts";
import { azureKeyVault } from "../src/index.ts";
import type { FakeKeyVault } from "./fake-key-vault.ts";
import { identityHeader, startManagedIdentity } from "./fake-managed-identity.ts";
import { withFake } from "./with-fake.ts";

const authority = await makeAuthority();
// The vendor's package keeps the token of a managed identity for the whole process.
const identity = await startManagedIdentity();
vi.stubEnv("IDENTITY_ENDPOINT", `${identity.url}/msi/token`);
vi.stubEnv("IDENTITY_HEADER", identityHeader);
afterAll(() => identity.close());

// As the vault stores a certificate with its key, by its policy
// (https://learn.microsoft.com/azure/key-vault/certificates/about-certificates).
const stored = {
  PFX: (one: WireCertificate) => [Buffer.from(pfxOf(one)).toString("base64"), "application/x-pkcs12"],
  PEM: (one: WireCertificate) => [pemOf(one), "application/x-pem-file"],
} as const;
type Form = keyof typeof stored;

async function setCertificate(vault: FakeKeyVault, form: Form, commonName: string) {
  const [value, contentType] = stored[form](await authority.issue({ commonName }));
  return vault.set("myapp--tls", value as string, { contentType, managed: true });
}

/** The example's service in front of the fake, by its own managed identity. */
async function startExample(form: Form) {
  const { vault, agent } = await withFake();
  await setCertificate(vault, form, "old");
  const keyVersion = vault.set("myapp--signing-key", "k");
  const credential = new ManagedIdentityCredential();
  const secrets = createSecrets({ source: azureKeyVault({ vault: vault.server.url, credential, agent }) });
  const server = await startService({ port: 0, secrets, certificate: "myapp/tls" });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const connect = () => {
    const client = new TlsClient(server, authority.ca);
    onTestFinished(() => client.close());
    return client;
  };
  return { vault, secrets, keyVersion, connect };
}

function settled(secrets: Secrets): Promise<string> {
  return new Promise((resolve) => {
    secrets.on(({ type }) => {
      if (type === "rotated" || type === "rejected") resolve(type);
    });
    secrets.hint("myapp/tls");
  });
}

describe.each([
  ["PEM", "PFX"],
  ["PFX", "PEM"],
] as const)("the example's service, with a certificate of the vault as %s", (form, other) => {
  test(`goes over to a new version, as ${other}, and drops no connection`, async () => {
    const { vault, secrets, keyVersion, connect } = await startExample(form);
    const connected = connect();
    const before = await connected.ask("/order/7");
    expect(before).toMatchObject({ status: 200, headers: { "x-key-version": keyVersion }, commonName: "old" });
    await setCertificate(vault, other, "new");
    expect(await settled(secrets)).toBe("rotated");
    expect(await connected.ask("/order/8")).toMatchObject({ status: 200, localPort: before.localPort });
    expect(await connect().ask("/order/9")).toMatchObject({ status: 200, commonName: "new" });
    expect(identity.requests).toHaveLength(1);
  });

  test("keeps its certificate where a new version is none", async () => {
    const { vault, secrets, connect } = await startExample(form);
    vault.set("myapp--tls", "no certificate", { contentType: "application/x-pem-file" });
    expect(await settled(secrets)).toBe("rejected");
    expect(await connect().ask("/order/7")).toMatchObject({ status: 200, commonName: "old" });
  });
});

test("a PFX in base64, as a variable has it, is the same", async () => {
  const pfx = pfxOf(await authority.issue());
  const inVariable = new TextEncoder().encode(Buffer.from(pfx).toString("base64"));
  expect(certificateOf(inVariable)).toEqual({ pfx: Buffer.from(pfx) });
  expect(certificateOf(pfx)).toEqual({ pfx: Buffer.from(pfx) });
});
