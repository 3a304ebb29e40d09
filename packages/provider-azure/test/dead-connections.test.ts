import dns from "node:dns";
import { Agent } from "node:https";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { makeAuthority, startTcpProxy, type WireRequest } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import { virtualClock } from "@secretsource/core/testing";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { azureKeyVault, type NamedVaultOptions } from "../src/index.ts";
import { ask } from "./ask.ts";
import { FakeEntra } from "./fake-entra.ts";
import { FakeKeyVault } from "./fake-key-vault.ts";
import { clientSecretCredential, hasToken } from "./with-fake.ts";

const attemptMs = 3000;
// How long core waits after the first attempt of a call: up to 100 ms, drawn from the middle.
const waitMs = 50;
const names = Array.from({ length: 8 }, (_, index) => `db-${index}`);

// An agent of ours is given no certificates: it trusts whom Node trusts.
const authority = await makeAuthority();
setDefaultCACertificates([...getCACertificates(), authority.ca]);

// The SDK looks at it once.
vi.stubEnv("NO_PROXY", ".vault.azure.net");

afterEach(() => {
  vi.restoreAllMocks();
  vi.stubEnv("HTTPS_PROXY", undefined);
});

/** A vault behind a proxy that may forget its connections, and an instance on a virtual clock that keeps one for each name. */
async function behindProxy(options: Partial<NamedVaultOptions> = {}) {
  const entra = await FakeEntra.start(authority);
  const vault = await FakeKeyVault.start(authority, entra);
  const { server } = vault;
  const proxy = await startTcpProxy({ port: server.port });
  vi.spyOn(dns, "lookup").mockImplementation(((_host: string, { all }: dns.LookupOptions, done: Found) =>
    all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4)) as typeof dns.lookup);
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const agent = new Agent();
  const credential = clientSecretCredential(entra, agent);
  const address = server.url.replace(`:${server.port}`, `:${proxy.port}`);
  const source = azureKeyVault({ vault: address, credential, ...options });
  const clock = virtualClock();
  const secrets = createSecrets({ source, clock });
  onTestFinished(async () => {
    await secrets.close();
    await proxy.close();
    await Promise.all([server.close(), entra.server.close()]);
  });
  for (const name of names) vault.set(name, name);
  await server.inject("slow");
  await Promise.all(names.map((name) => ask(source, name)));
  await server.heal();
  expect(proxy.open).toBe(names.length);
  return { server, proxy, source, clock, secrets, asked: server.requests.length };
}

type Found = (error: null, address: string | dns.LookupAddress[], family?: number) => void;

const asks = (name: string) => (request: WireRequest) => hasToken(request) && request.path.includes(`/${name}/`);

test.each([
  ["", undefined],
  [", beside a proxy that is not for the vault", "http://127.0.0.1:1"],
])(
  "of many kept connections that have silently died none is used after the first has been found out%s",
  async (_, url) => {
    vi.stubEnv("HTTPS_PROXY", url);
    const { server, proxy, clock, secrets, asked } = await behindProxy();
    proxy.forget();
    const reading = secrets.getSecret("db-0");
    await expect.poll(() => proxy.lostBytes).toBeGreaterThan(0);
    await clock.advance(attemptMs - 1);
    expect(proxy.open).toBe(names.length);
    await clock.advance(1);
    await expect.poll(() => proxy.open).toBe(0);
    await clock.advance(waitMs);
    expect((await reading).reveal()).toBe("db-0");
    expect(clock.monotonic()).toBe(attemptMs + waitMs);
    expect(proxy.connections).toBe(names.length + 1);
    expect(server.requests).toHaveLength(asked + 1);
  },
);

test("a connection that breaks without an answer takes those that are kept with it", async () => {
  const { server, proxy, source } = await behindProxy();
  await server.inject("reset-after", { times: 1 });
  expect(await ask(source, "db-0")).toMatchObject({ failure: "unavailable" });
  await expect.poll(() => proxy.open).toBe(0);
});

test("an answer that is an error, or that is left in the middle, ends no connection but its own", async () => {
  const { server, proxy, source } = await behindProxy();
  await server.inject("unavailable", { times: 1 });
  expect(await ask(source, "db-0")).toMatchObject({ failure: "unavailable" });
  expect(await ask(source, "none")).toMatchObject({ failure: "not-found" });
  expect(proxy.open).toBe(names.length);
  await server.inject("half-answer", { times: 1 });
  expect(await ask(source, "db-0")).toHaveProperty("failure");
  await expect.poll(() => proxy.open).toBe(names.length - 1);
});

test("an abort before an answer ends what is kept, once, and nothing that somebody else waits for", async () => {
  const { server, proxy, source, asked } = await behindProxy();
  await server.inject("hang", { where: asks("db-0") });
  await proxy.inject("slow");
  const controller = new AbortController();
  const context = { signal: controller.signal, bypassCaches: false };
  const leaving = source.read({ name: "db-0", version: "current" }, context);
  await server.request(asked + 1);
  const staying = ask(source, "db-1");
  await server.request(asked + 2);
  controller.abort();
  await expect(leaving).rejects.toThrow();
  expect(await staying).toMatchObject({ payload: "db-1" });
  await expect.poll(() => proxy.open).toBe(1);
  await proxy.heal();
  for (const name of ["db-2", "db-3"]) expect(await ask(source, name)).toMatchObject({ payload: name });
  expect(proxy.connections).toBe(names.length);
});

test("what an agent that was handed in keeps is left to its owner", async () => {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const { server, proxy, source } = await behindProxy({ agent });
  await server.inject("reset-after", { times: 1 });
  expect(await ask(source, "db-0")).toMatchObject({ failure: "unavailable" });
  expect(await ask(source, "db-1")).toMatchObject({ payload: "db-1" });
  expect(proxy.open).toBe(names.length - 1);
});
