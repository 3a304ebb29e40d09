import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTcpProxy } from "@secretsource/conformance/wire";
import type { SecretSource } from "@secretsource/core/source";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { awsSecretsManager } from "../src/index.ts";
import { environment } from "./bare-environment.ts";
import { startFakeSts } from "./fake-sts.ts";
import { withFake } from "./with-fake.ts";

const credentialsMs = 5000;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A source whose credentials come from an STS behind a proxy, which is given 100 ms in place of its own time. */
async function behindSts(expiration?: string) {
  const { fake, server } = await withFake();
  fake.put("db", "one");
  const sts = await startFakeSts(expiration);
  const proxy = await startTcpProxy({ port: sts.port });
  const folder = mkdtempSync(join(tmpdir(), "secretsource-sts-"));
  writeFileSync(join(folder, "token"), "web-identity");
  environment({
    AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, "token"),
    AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/app",
    AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${proxy.port}`,
  });
  const { timeout } = AbortSignal;
  const limits = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout.call(AbortSignal, 100));
  const source = awsSecretsManager({ endpoint: server.url, region: "eu-west-1" });
  onTestFinished(async () => {
    await source.close?.();
    await proxy.close();
    await sts.close();
    rmSync(folder, { recursive: true });
  });
  return { server, sts, proxy, source, limits };
}

async function read(source: SecretSource) {
  const context = { signal: new AbortController().signal, bypassCaches: false };
  try {
    return await source.read({ name: "db", version: "current" }, context);
  } catch (error) {
    return source.classify(error);
  }
}

const late = { failure: "timeout", advice: expect.stringContaining("STS") };

test("a request to STS that gets no answer is given up, for all who wait for it, and the next read makes another", async () => {
  const { server, sts, source, limits } = await behindSts();
  await sts.inject("hang", { times: 1 });
  expect(await Promise.all([read(source), read(source)])).toMatchObject([late, late]);
  expect(limits.mock.calls).toEqual([[credentialsMs]]);
  expect([sts.requests.length, server.requests.length]).toEqual([1, 0]);
  expect(await read(source)).toMatchObject({ payload: "one" });
  expect(limits.mock.calls).toEqual([[credentialsMs], [credentialsMs]]);
  expect(sts.requests).toHaveLength(2);
});

test("an answer of STS that stops in the middle keeps nobody waiting either", async () => {
  const { sts, source } = await behindSts();
  await sts.inject("trickle");
  expect(await read(source)).toMatchObject({ failure: expect.stringMatching(/timeout|unavailable/) });
  await sts.heal();
  expect(await read(source)).toMatchObject({ payload: "one" });
});

test("a kept connection to STS that has silently died is ended, and the next request has another", async () => {
  const { sts, proxy, source } = await behindSts("2001-01-01T00:00:00Z");
  expect(await read(source)).toMatchObject({ payload: "one" });
  expect(proxy.open).toBe(1);
  const asked = sts.requests.length;
  proxy.forget();
  expect(await read(source)).toMatchObject(late);
  await expect.poll(() => proxy.open).toBe(0);
  expect(await read(source)).toMatchObject({ payload: "one" });
  expect([proxy.connections, sts.requests.length]).toEqual([2, 2 * asked]);
});

test("after the close nothing more is sent to STS, and no connection to it stays", async () => {
  const { sts, proxy, source, limits } = await behindSts();
  limits.mockRestore();
  await sts.inject("hang");
  const reading = read(source);
  await sts.request(1);
  await sts.heal();
  await source.close?.();
  expect(await reading).toMatchObject({ failure: "unavailable", advice: expect.stringContaining("closed") });
  await expect.poll(() => proxy.open).toBe(0);
  expect([sts.requests.length, proxy.connections]).toEqual([1, 1]);
});
