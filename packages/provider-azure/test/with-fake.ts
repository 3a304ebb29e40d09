import { Agent } from "node:https";
import { ClientCertificateCredential, ClientSecretCredential } from "@azure/identity";
import { makeAuthority, type WireRequest } from "@secretsource/conformance/wire";
import { onTestFinished } from "vitest";
import { azureKeyVault, type NamedVaultOptions } from "../src/index.ts";
import { clientId, clientSecret, FakeEntra, tenant } from "./fake-entra.ts";
import { FakeKeyVault, type VaultName } from "./fake-key-vault.ts";

const authority = makeAuthority();

/** Trusts the tests' certificates, and finds every host on this machine: a vault keeps its name, and its challenge is verified. */
export async function testAgent(): Promise<Agent> {
  const { ca } = await authority;
  return new Agent({
    keepAlive: true,
    ca,
    lookup: (_host, { all }, done) =>
      all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4),
  });
}

export async function startEntra(): Promise<FakeEntra> {
  return FakeEntra.start(await authority);
}

export async function startVault(entra: FakeEntra, name?: VaultName): Promise<FakeKeyVault> {
  return FakeKeyVault.start(await authority, entra, name);
}

/** What a test gives a credential besides what production gives it. */
export function testSettings(entra: FakeEntra, agent: Agent) {
  return {
    authorityHost: entra.server.url,
    disableInstanceDiscovery: true,
    agent,
    retryOptions: { maxRetries: 0 },
  };
}

export function clientSecretCredential(entra: FakeEntra, agent: Agent, secret = clientSecret) {
  return new ClientSecretCredential(tenant, clientId, secret, testSettings(entra, agent));
}

/** @param certificate The key and the certificate, PEM, one after the other. */
export function clientCertificateCredential(entra: FakeEntra, agent: Agent, certificate: string) {
  return new ClientCertificateCredential(tenant, clientId, { certificate }, testSettings(entra, agent));
}

export async function newCertificate() {
  return (await authority).issue({ client: true, commonName: "myapp" });
}

/** A source in front of a vault of its own, all of which end with the test. */
export async function withFake(options: Partial<NamedVaultOptions> = {}, name: VaultName = {}) {
  const entra = await startEntra();
  const vault = await startVault(entra, name);
  const agent = await testAgent();
  const { server } = vault;
  const credential = clientSecretCredential(entra, agent);
  const source = azureKeyVault({ vault: server.url, credential, agent, ...options });
  onTestFinished(async () => {
    await source.close?.();
    agent.destroy();
    await Promise.all([server.close(), entra.server.close()]);
  });
  return { entra, vault, server, agent, credential, source, calls: () => callsOf(server) };
}

/** Each request that bore a token, by its path. */
function callsOf({ requests }: FakeKeyVault["server"]): string[] {
  return requests.filter(hasToken).map(({ path }) => path);
}

export function hasToken({ headers }: WireRequest): boolean {
  return headers.authorization !== undefined;
}
