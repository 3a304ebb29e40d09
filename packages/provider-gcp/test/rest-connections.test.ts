import { startTcpProxy } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import { virtualClock } from "@secretsource/core/testing";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { gcpSecretManager } from "../src/index.ts";
import { ask, askText } from "./ask.ts";
import { fakeProject } from "./fake/fake-secrets.ts";
import { withRest } from "./with-fake.ts";

const attemptMs = 3000;
// How long core waits after each attempt of a call: up to 100 ms and 200 ms, drawn from the middle.
const waitsMs = [50, 100, 0];

afterEach(() => void vi.restoreAllMocks());

/** An instance on a virtual clock, whose source reads over REST and through a proxy that may forget its connections. */
async function behindProxy() {
  const { secrets: service, server } = await withRest();
  const proxy = await startTcpProxy({ port: server.port });
  const source = gcpSecretManager({
    projectId: fakeProject,
    endpoint: `http://127.0.0.1:${proxy.port}`,
    transport: "rest",
  });
  const clock = virtualClock();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const secrets = createSecrets({ source, clock });
  onTestFinished(async () => {
    await secrets.close();
    await proxy.close();
  });
  service.put("db", "one");
  const isAnythingLost = () => proxy.lostBytes > 0;
  async function keepEight(): Promise<void> {
    const names = Array.from({ length: 8 }, (_, index) => `db-${index}`);
    for (const name of names) service.put(name, "one");
    await server.inject("slow");
    await Promise.all(names.map((name) => secrets.getSecret(name)));
    await server.heal();
    expect(proxy.open).toBe(8);
  }
  return { service, server, proxy, source, clock, secrets, isAnythingLost, keepEight };
}

test("over REST, a service that takes requests and never answers is a timeout, and each attempt ends its connection", async () => {
  const { server, proxy, clock, secrets } = await behindProxy();
  await server.inject("hang");
  const reading = secrets.getSecret("db").catch((error: unknown) => error);
  for (const [index, waitMs] of waitsMs.entries()) {
    const { end } = await server.request(index + 1);
    await clock.advance(attemptMs - 1);
    expect(proxy.open).toBe(1);
    await clock.advance(1);
    expect(await end).toBe("cut");
    await expect.poll(() => proxy.open).toBe(0);
    await clock.advance(waitMs);
  }
  expect(await reading).toMatchObject({ code: "timeout", attempts: waitsMs.length });
  expect(clock.monotonic()).toBe(3 * attemptMs + 150);
  await server.heal();
  await clock.advance("1m");
  expect((await secrets.getSecret("db")).reveal()).toBe("one");
  expect(proxy.connections).toBe(waitsMs.length + 1);
});

test("over REST, a kept connection that has silently died costs one attempt: it is ended, and the retry has another", async () => {
  const { service, server, proxy, clock, secrets, isAnythingLost } = await behindProxy();
  await secrets.getSecret("db");
  service.put("db", "two");
  proxy.forget();
  await clock.advance("1s");
  const from = clock.monotonic();
  const reading = secrets.getSecret("db", { refresh: true });
  await expect.poll(isAnythingLost).toBe(true);
  expect(proxy.connections).toBe(1);
  await clock.advance(attemptMs - 1);
  expect(proxy.open).toBe(1);
  await clock.advance(1);
  await expect.poll(() => proxy.open).toBe(0);
  await clock.advance(50);
  expect((await reading).reveal()).toBe("two");
  expect(clock.monotonic() - from).toBe(attemptMs + 50);
  expect(proxy.connections).toBe(2);
  expect(server.requests).toHaveLength(2);
});

test("over REST, of many kept connections that have silently died none is used after the first has been found out", async () => {
  const { proxy, clock, secrets, isAnythingLost, keepEight } = await behindProxy();
  await keepEight();
  proxy.forget();
  await clock.advance("1s");
  const reading = secrets.getSecret("db-0", { refresh: true });
  await expect.poll(isAnythingLost).toBe(true);
  await clock.advance(attemptMs);
  await expect.poll(() => proxy.open).toBe(0);
  await clock.advance(50);
  expect((await reading).reveal()).toBe("one");
  expect(proxy.connections).toBe(9);
});

test("over REST, an answer that is an error, or that is left in the middle, ends no connection but its own", async () => {
  const { server, proxy, source, keepEight } = await behindProxy();
  await keepEight();
  await server.inject("unavailable", { times: 1 });
  expect(await ask(source, "db-0")).toMatchObject({ failure: "unavailable" });
  expect(await ask(source, "none")).toMatchObject({ failure: "not-found" });
  expect(proxy.open).toBe(8);
  await server.inject("half-answer", { times: 1 });
  expect(await ask(source, "db-0")).toHaveProperty("failure");
  await expect.poll(() => proxy.open).toBe(7);
});

test("over REST, an abort before an answer ends what is kept, once, and nothing that somebody else waits for", async () => {
  const { server, proxy, source, keepEight } = await behindProxy();
  await keepEight();
  await server.inject("hang", { where: ({ path }) => path.includes("/db-0/") });
  await proxy.inject("slow");
  const controller = new AbortController();
  const context = { signal: controller.signal, bypassCaches: false };
  const leaving = source.read({ name: "db-0", version: "current" }, context);
  await server.request(9);
  const staying = askText(source, "db-1");
  await server.request(10);
  controller.abort();
  await expect(leaving).rejects.toThrow();
  expect(await staying).toBe("one");
  await expect.poll(() => proxy.open).toBe(1);
  await proxy.heal();
  for (const name of ["db-2", "db-3"]) expect(await askText(source, name)).toBe("one");
  expect(proxy.connections).toBe(8);
});

test("over REST, a connection that the service ends between two reads disturbs nobody", async () => {
  const { server, proxy, source } = await behindProxy();
  expect(await askText(source, "db")).toBe("one");
  proxy.hangUp();
  await expect.poll(() => proxy.open).toBe(0);
  expect(await askText(source, "db")).toBe("one");
  expect(proxy.connections).toBe(2);
  expect(server.requests).toHaveLength(2);
});
