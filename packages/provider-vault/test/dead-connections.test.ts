import { makeAuthority, startTcpProxy, type WireRequest } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import type { SecretSource } from "@secretsource/core/source";
import { virtualClock } from "@secretsource/core/testing";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { vaultKv } from "../src/index.ts";
import { startFake } from "./fake/start-fake.ts";
import { tokenProof } from "./proof.ts";

const attemptMs = 3000;
// How long core waits after the first attempt of a call: up to 100 ms, drawn from the middle.
const waitMs = 50;
const names = Array.from({ length: 8 }, (_, index) => `db-${index}`);
const authority = await makeAuthority();

afterEach(() => void vi.restoreAllMocks());

/** A server behind a proxy that may forget its connections, and an instance on a virtual clock that keeps one for each name. */
async function behindProxy(isSecure: boolean) {
  const clock = virtualClock({ now: Date.UTC(2026, 0, 1) });
  const from = clock.monotonic();
  const { vault, server } = await startFake(() => clock.now(), { tls: isSecure ? await authority.issue() : undefined });
  const proxy = await startTcpProxy({ port: server.port });
  const source = vaultKv({
    address: server.url.replace(`:${server.port}`, `:${proxy.port}`),
    env: {},
    clock,
    login: tokenProof(vault.root.value).login,
    ...(isSecure && { tls: { ca: authority.ca } }),
  });
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const secrets = createSecrets({ source, clock });
  onTestFinished(async () => {
    await secrets.close();
    await proxy.close();
    await server.close();
  });
  for (const name of names) vault.kv.put(name, JSON.stringify({ is: name }));
  await server.inject("slow");
  await Promise.all(names.map((name) => ask(source, name)));
  await server.heal();
  expect(proxy.open).toBe(names.length);
  return { server, proxy, source, clock, from, secrets, asked: server.requests.length };
}

function ask(source: SecretSource, name: string, signal = AbortSignal.timeout(5000)) {
  return source.read({ name, version: "current" }, { signal, bypassCaches: false });
}

const payloadOf = (name: string) => ({ payload: JSON.stringify({ is: name }) });
const asks = (name: string) => (request: WireRequest) => request.path.endsWith(`/${name}`);

describe.each([
  ["over TLS", true],
  ["without TLS", false],
])("%s", (_way, isSecure) => {
  test("of many kept connections that have silently died none is used after the first has been found out", async () => {
    const { server, proxy, clock, from, secrets, asked } = await behindProxy(isSecure);
    proxy.forget();
    const reading = secrets.getSecret("db-0");
    await expect.poll(() => proxy.lostBytes).toBeGreaterThan(0);
    await clock.advance(attemptMs - 1);
    expect(proxy.open).toBe(names.length);
    await clock.advance(1);
    await expect.poll(() => proxy.open).toBe(0);
    await clock.advance(waitMs);
    expect((await reading).reveal()).toBe(payloadOf("db-0").payload);
    expect(clock.monotonic() - from).toBe(attemptMs + waitMs);
    expect(proxy.connections).toBe(names.length + 1);
    expect(server.requests).toHaveLength(asked + 1);
  });

  test("a connection that breaks without an answer takes those that are kept with it", async () => {
    const { server, proxy, source } = await behindProxy(isSecure);
    await server.inject("reset-after", { times: 1 });
    expect(await ask(source, "db-0")).toMatchObject({ failure: "unavailable" });
    await expect.poll(() => proxy.open).toBe(0);
  });

  test("an answer that is an error, or that is left in the middle, ends no connection but its own", async () => {
    const { server, proxy, source } = await behindProxy(isSecure);
    await server.inject("unavailable", { times: 1 });
    expect(await ask(source, "db-0")).toMatchObject({ failure: "unavailable" });
    expect(await ask(source, "none")).toMatchObject({ failure: "not-found" });
    expect(proxy.open).toBe(names.length);
    await server.inject("half-answer", { times: 1 });
    expect(await ask(source, "db-0")).toHaveProperty("failure");
    await expect.poll(() => proxy.open).toBe(names.length - 1);
  });

  test("an abort before an answer ends what is kept, once, and nothing that somebody else waits for", async () => {
    const { server, proxy, source, asked } = await behindProxy(isSecure);
    await server.inject("hang", { where: asks("db-0") });
    await proxy.inject("slow");
    const controller = new AbortController();
    const leaving = ask(source, "db-0", controller.signal);
    await server.request(asked + 1);
    const staying = ask(source, "db-1");
    await server.request(asked + 2);
    controller.abort();
    await expect(leaving).rejects.toThrow();
    expect(await staying).toMatchObject(payloadOf("db-1"));
    await expect.poll(() => proxy.open).toBe(1);
    await proxy.heal();
    for (const name of ["db-2", "db-3"]) expect(await ask(source, name)).toMatchObject(payloadOf(name));
    expect(proxy.connections).toBe(names.length);
  });
});
