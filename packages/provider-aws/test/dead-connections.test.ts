import { getCACertificates, setDefaultCACertificates } from "node:tls";
import {
  type FaultyServer,
  makeAuthority,
  startFaultProxy,
  startTcpProxy,
  type WireRequest,
} from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import type { SecretSource } from "@secretsource/core/source";
import { virtualClock } from "@secretsource/core/testing";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { awsParameterStore, awsSecretsAgent, awsSecretsManager } from "../src/index.ts";
import { ask } from "./ask.ts";
import { FakeParameterStore } from "./fake-parameter-store.ts";
import { FakeSecretsAgent } from "./fake-secrets-agent.ts";
import { FakeSecretsManager, fakeRegion } from "./fake-secrets-manager.ts";
import { testCredentials } from "./json-service.ts";

const attemptMs = 3000;
// How long core waits after the first attempt of a call: up to 100 ms, drawn from the middle.
const waitMs = 50;
const names = Array.from({ length: 8 }, (_, index) => `db-${index}`);
const common = { region: fakeRegion, credentials: testCredentials };

// The SDK is given no certificates: it trusts whom Node trusts.
const authority = await makeAuthority();
const tls = await authority.issue();
setDefaultCACertificates([...getCACertificates(), authority.ca]);

interface Service {
  readonly server: FaultyServer;
  put(name: string, value: string): unknown;
}

afterEach(() => void vi.restoreAllMocks());

/** A source behind a proxy that may forget its connections, and an instance of it on a virtual clock. */
async function behindProxy(service: Service, sourceAt: (endpoint: string) => SecretSource) {
  const { server } = service;
  const proxy = await startTcpProxy({ port: server.port });
  const source = sourceAt(`${new URL(server.url).protocol}//127.0.0.1:${proxy.port}`);
  const clock = virtualClock();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const secrets = createSecrets({ source, clock });
  onTestFinished(async () => {
    await secrets.close();
    await proxy.close();
    await server.close();
  });
  for (const name of names) service.put(name, name);
  /** As many connections as there are names. */
  async function readAtOnce(): Promise<void> {
    await server.inject("slow");
    await Promise.all(names.map((name) => ask(source, name)));
    await server.heal();
  }
  return { server, proxy, source, clock, secrets, readAtOnce };
}

const asks = (name: string) => (request: WireRequest) => request.text.includes(`"${name}"`);

async function overTls(): Promise<Service> {
  const fake = await FakeSecretsManager.start();
  const server = await startFaultProxy({ to: fake.server.url, tls });
  onTestFinished(() => fake.server.close());
  return { server, put: (name, value) => fake.put(name, value) };
}

describe.each([
  ["Secrets Manager", FakeSecretsManager.start, awsSecretsManager],
  ["Secrets Manager over TLS", overTls, awsSecretsManager],
  ["Parameter Store", FakeParameterStore.start, awsParameterStore],
] as const)("%s", (_service, start, sourceOf) => {
  const open = async () => behindProxy(await start(), (endpoint) => sourceOf({ ...common, endpoint }));

  test("of many kept connections that have silently died none is used after the first has been found out", async () => {
    const { server, proxy, clock, secrets, readAtOnce } = await open();
    await readAtOnce();
    expect(proxy.open).toBe(names.length);
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
    expect(server.requests).toHaveLength(names.length + 1);
  });

  test("a connection that breaks without an answer takes those that are kept with it", async () => {
    const { server, proxy, source, readAtOnce } = await open();
    await readAtOnce();
    await server.inject("reset-after", { times: 1 });
    expect(await ask(source, "db-0")).toMatchObject({ failure: "unavailable" });
    await expect.poll(() => proxy.open).toBe(0);
  });

  test("an answer that is an error, or that is left in the middle, ends no connection but its own", async () => {
    const { server, proxy, source, readAtOnce } = await open();
    await readAtOnce();
    await server.inject("unavailable", { times: 1 });
    expect(await ask(source, "db-0")).toMatchObject({ failure: "unavailable" });
    expect(await ask(source, "none")).toMatchObject({ failure: "not-found" });
    expect(proxy.open).toBe(names.length);
    await server.inject("half-answer", { times: 1 });
    expect(await ask(source, "db-0")).toHaveProperty("failure");
    await expect.poll(() => proxy.open).toBe(names.length - 1);
  });

  test("an abort before an answer ends what is kept, once, and nothing that somebody else waits for", async () => {
    const { server, proxy, source, readAtOnce } = await open();
    await readAtOnce();
    await server.inject("hang", { where: asks("db-0") });
    await proxy.inject("slow");
    const controller = new AbortController();
    const context = { signal: controller.signal, bypassCaches: false };
    const leaving = source.read({ name: "db-0", version: "current" }, context);
    await server.request(names.length + 1);
    const staying = ask(source, "db-1");
    await server.request(names.length + 2);
    controller.abort();
    await expect(leaving).rejects.toThrow();
    expect(await staying).toMatchObject({ payload: "db-1" });
    await expect.poll(() => proxy.open).toBe(1);
    await proxy.heal();
    for (const name of ["db-2", "db-3"]) expect(await ask(source, name)).toMatchObject({ payload: name });
    expect(proxy.connections).toBe(names.length);
  });
});

test("the agent is asked by a new connection each time, so that none can have died", async () => {
  const fake = await FakeSecretsAgent.start();
  const service: Service = { server: fake.server, put: (name, value) => fake.service.put(name, value) };
  const { proxy, secrets, readAtOnce } = await behindProxy(service, (url) =>
    awsSecretsAgent({ url, token: () => fake.token }),
  );
  await readAtOnce();
  await expect.poll(() => proxy.open).toBe(0);
  proxy.forget();
  expect((await secrets.getSecret("db-0")).reveal()).toBe("db-0");
  expect(proxy.connections).toBe(names.length + 1);
});
