import { once } from "node:events";
import { Agent, get } from "node:https";
import type { AddressInfo } from "node:net";
import { ManagedIdentityCredential } from "@azure/identity";
import { makeAuthority, type WireCertificate } from "@secretsource/conformance/wire";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { startService } from "../../../examples/azure-service/src/service.ts";
import { tlsContext } from "../../../examples/azure-service/src/tls-context.ts";
import { azureKeyVault } from "../src/index.ts";
import { identityHeader, startManagedIdentity } from "./fake-managed-identity.ts";
import { pfxOf } from "./pfx.ts";
import { withFake } from "./with-fake.ts";

const authority = await makeAuthority();
// The vendor's package keeps the token of a managed identity for the whole process.
const identity = await startManagedIdentity();
afterAll(() => identity.close());

const stored = {
  PFX: (certificate: WireCertificate) => [pfxOf(certificate), "application/x-pkcs12"],
  PEM: ({ key, cert }: WireCertificate) => [`${key}${cert}`, "application/x-pem-file"],
} as const;

test.each(["PFX", "PEM"] as const)(
  "the example's service logs in by its managed identity, and speaks TLS by a certificate of the vault as %s",
  async (form) => {
    const { vault, agent } = await withFake();
    const [value, contentType] = stored[form](await authority.issue({ hosts: ["localhost"] }));
    vault.set("myapp--tls", value as string, { contentType, managed: true });
    const version = vault.set("myapp--signing-key", "k");
    vi.stubEnv("IDENTITY_ENDPOINT", `${identity.url}/msi/token`);
    vi.stubEnv("IDENTITY_HEADER", identityHeader);
    vi.stubEnv("SECRETSOURCE", `azure-key-vault:${vault.server.url}`);
    // The way to the fake: certificates and address are all that is not production's.
    const fromUri = (uri: string) =>
      azureKeyVault({
        vault: uri.slice("azure-key-vault:".length),
        credential: new ManagedIdentityCredential(),
        agent,
      });
    const schemes = [{ scheme: "azure-key-vault", fromUri }];
    const server = await startService({ port: 0, certificate: "myapp/tls", schemes });
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
      vi.unstubAllEnvs();
    });
    const { port } = server.address() as AddressInfo;
    const own = new Agent({ ca: authority.ca });
    const [answer] = await once(get({ host: "localhost", port, path: "/order/7", agent: own }), "response");
    expect([answer.statusCode, answer.headers["x-key-version"]]).toEqual([200, version]);
    answer.resume();
    own.destroy();
    expect(identity.requests).toHaveLength(1);
  },
);

test("what is no certificate is no context: a new version that is none is refused", () => {
  expect(() => tlsContext(Buffer.from("-----BEGIN nothing"))).toThrow();
  expect(() => tlsContext(Buffer.from([1, 2, 3]))).toThrow();
});
