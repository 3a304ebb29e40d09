import { execFile } from "node:child_process";
import { createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { startTcpProxy } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import { expect, onTestFinished, test } from "vitest";
import { gcpSecretManager } from "../src/index.ts";
import { ask, askText } from "./ask.ts";
import { fakeProject } from "./fake/fake-secrets.ts";
import { RpcError } from "./fake/rpc-error.ts";
import { withGrpc, withRest } from "./with-fake.ts";

const canary = "kX7qzpR2V9wT4bN8sHd5Jm";

function sourceAt(port: number) {
  const source = gcpSecretManager({ projectId: fakeProject, endpoint: `http://127.0.0.1:${port}` });
  onTestFinished(() => source.close?.());
  return source;
}

async function behindProxy() {
  const fake = await withGrpc();
  const proxy = await startTcpProxy({ port: fake.server.port });
  onTestFinished(() => proxy.close());
  fake.secrets.put("db", "one");
  return { ...fake, proxy, source: sourceAt(proxy.port) };
}

test("all reads go over one connection", async () => {
  const { proxy, source } = await behindProxy();
  await Promise.all(Array.from({ length: 20 }, () => ask(source, "db")));
  await ask(source, "db", { id: "1" });
  expect(proxy.connections).toBe(1);
  await source.close?.();
});

test("two sources share no connection, so that the close of one ends its own", async () => {
  const { proxy, source } = await behindProxy();
  await Promise.all([ask(source, "db"), ask(sourceAt(proxy.port), "db")]);
  expect(proxy.connections).toBe(2);
});

test("an abort cancels the call at the service", async () => {
  const { secrets, server, source } = await withGrpc();
  secrets.put("db", "one");
  await ask(source, "db");
  server.fault = "silence";
  const controller = new AbortController();
  const reading = source.read({ name: "db", version: "current" }, { signal: controller.signal, bypassCaches: false });
  while (server.calls.length < 2) await delay(5);
  controller.abort();
  await expect(reading).rejects.toThrow();
  while (server.calls[1]?.end === undefined) await delay(5);
  expect(server.calls[1]).toMatchObject({ end: "cancelled" });
  expect(server.calls[1]?.deadlineMs).toBeGreaterThan(20_000);
  expect(server.calls[1]?.deadlineMs).toBeLessThan(31_000);
});

test("GOAWAY: what is under way is answered, and the next read connects anew", async () => {
  const { proxy, server, source } = await behindProxy();
  await ask(source, "db");
  server.goAway();
  await delay(50);
  expect(await askText(source, "db")).toBe("one");
  expect(proxy.connections).toBe(2);
});

test("a dropped connection fails one read at most", async () => {
  const { proxy, source } = await behindProxy();
  await ask(source, "db");
  await proxy.inject("reset-after");
  expect(await askText(source, "db")).toBe("unavailable");
  await proxy.heal();
  expect(await askText(source, "db")).toBe("one");
});

test("a service that was away for a while is found as soon as it is back", async () => {
  const { proxy, source } = await behindProxy();
  await ask(source, "db");
  await proxy.inject("down");
  for (const _ of [1, 2, 3]) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => askText(source, "db")));
    expect(new Set(answers)).toEqual(new Set(["unavailable"]));
  }
  await proxy.heal();
  expect(await askText(source, "db")).toBe("one");
});

test("a program that has read and forgets the close comes to its end", async () => {
  const { secrets, endpoint } = await withGrpc();
  const rest = await withRest();
  for (const one of [secrets, rest.secrets]) one.put("db", "one");
  const program = join(import.meta.dirname, "programs", "read-and-end.ts");
  const hooks = join(import.meta.dirname, "../../conformance/test/runner/from-sources.ts");
  for (const parameters of [
    ["grpc", endpoint],
    ["rest", rest.server.url],
  ]) {
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", hooks, program, ...parameters], {
      timeout: 20_000,
    });
    expect(stdout).toBe("one\n");
  }
});

test("while nobody reads, nobody connects", async () => {
  const { proxy, source } = await behindProxy();
  await ask(source, "db");
  await proxy.inject("reset-before");
  await ask(source, "db");
  const before = proxy.connections;
  await delay(200);
  expect(proxy.connections).toBe(before);
});

test("a connection that has silently died is found out within an attempt, and the next read has another", async () => {
  const { proxy, source } = await behindProxy();
  await ask(source, "db");
  await proxy.inject("hang");
  const from = performance.now();
  expect(await askText(source, "db")).toBe("unavailable");
  expect(performance.now() - from).toBeLessThan(2900);
  await proxy.heal();
  expect(await askText(source, "db")).toBe("one");
});

test("an answer after two refusals is taken", async () => {
  const { secrets, server, source } = await withGrpc();
  secrets.put("db", "one");
  const secretsOf = createSecrets({ source });
  onTestFinished(() => secretsOf.close());
  server.fault = () => (server.calls.length < 3 ? new RpcError("UNAVAILABLE", canary) : undefined);
  expect((await secretsOf.getSecret("db")).reveal()).toBe("one");
  expect(server.calls).toHaveLength(3);
});

test("bytes that are no UTF-8 are bytes, and as text a clear error", async () => {
  const { secrets, source } = await withGrpc();
  secrets.put("key", Uint8Array.from([0xff, 0xfe, 0x00]));
  const secretsOf = createSecrets({ source });
  onTestFinished(() => secretsOf.close());
  expect((await secretsOf.getSecret("key", { as: "bytes" })).reveal()).toEqual(Uint8Array.from([0xff, 0xfe, 0x00]));
  await expect(secretsOf.getSecret("key")).rejects.toMatchObject({ code: "decode-failed" });
});

const foreign: readonly [string, (stream: ServerHttp2Stream) => void, string][] = [
  ["404 with a page", (stream) => page(stream, 404), "unavailable"],
  ["403 with a page", (stream) => page(stream, 403), "unavailable"],
  ["401 with a page", (stream) => page(stream, 401), "unavailable"],
  ["429 with a page", (stream) => page(stream, 429), "throttled"],
  [
    "a redirect",
    (stream) => stream.respond({ ":status": 307, location: "http://127.0.0.1:1/" }, { endStream: true }),
    "unavailable",
  ],
  ["200 with a page", (stream) => page(stream, 200), "payload-corrupt"],
  ["a reset", (stream) => void stream.on("error", () => {}).close(2), "unavailable"],
];

function page(stream: ServerHttp2Stream, status: number): void {
  stream.respond({ ":status": status, "content-type": "text/html" });
  stream.end(`<html>${canary}</html>`);
}

test.each(foreign)("over HTTP/2, %s of something else is no answer of the service", async (_what, answer, failure) => {
  const server = createServer().on("stream", answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const source = sourceAt((server.address() as AddressInfo).port);
  const said = await ask(source, "db");
  expect(said).toMatchObject({ failure });
  expect(JSON.stringify(said)).not.toContain(canary);
  await source.close?.();
});
