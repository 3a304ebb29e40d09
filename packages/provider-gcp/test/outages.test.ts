import { setTimeout as delay } from "node:timers/promises";
import { createSecrets } from "@secretsource/core";
import { virtualClock } from "@secretsource/core/testing";
import { expect, onTestFinished, test } from "vitest";
import { ask, askText } from "./ask.ts";
import { errorAnswer } from "./fake/rest-server.ts";
import { RpcError } from "./fake/rpc-error.ts";
import { withGrpc, withRest } from "./with-fake.ts";

const transports = ["grpc", "rest"] as const;
const outage = new RpcError("UNAVAILABLE", "no");

/** The service over one of the transports: what it was asked, and how to put it out of order. */
async function serviceOf(transport: (typeof transports)[number]) {
  if (transport === "grpc") {
    const { secrets, server, source } = await withGrpc();
    return {
      secrets,
      source,
      calls: () => server.calls.length,
      fail: async (error: RpcError) => {
        server.fault = error;
      },
      hang: async () => {
        server.fault = "silence";
      },
      endOf: async (call: number) => {
        while (server.calls[call]?.end === undefined) await delay(5);
        return server.calls[call]?.end;
      },
    };
  }
  const { secrets, server, source } = await withRest();
  return {
    secrets,
    source,
    calls: () => server.requests.length,
    fail: (error: RpcError) => server.inject(errorAnswer(error)),
    hang: () => server.inject("hang"),
    endOf: async (call: number) => ((await server.requests[call]?.end) === "cut" ? "cancelled" : "answered"),
  };
}

test.each(transports)(
  "over %s, a deadline cancels the call at the service, and so does an abort",
  async (transport) => {
    const { secrets, source, calls, hang, endOf } = await serviceOf(transport);
    secrets.put("db", "one");
    await ask(source, "db");
    await hang();
    const ends = [AbortSignal.timeout(100), new AbortController()] as const;
    for (const [index, end] of ends.entries()) {
      const signal = end instanceof AbortController ? end.signal : end;
      const reading = source.read({ name: "db", version: "current" }, { signal, bypassCaches: false });
      reading.catch(() => {});
      while (calls() < index + 2) await delay(5);
      if (end instanceof AbortController) end.abort();
      await expect(reading).rejects.toThrow();
      expect(await endOf(index + 1)).toBe("cancelled");
    }
  },
);

test.each(transports)("over %s, a storm of UNAVAILABLE is three calls with waits between them", async (transport) => {
  const { source, calls, fail } = await serviceOf(transport);
  await ask(source, "db");
  await fail(outage);
  const before = calls();
  const clock = virtualClock();
  const secrets = createSecrets({ source: { ...source, close: async () => {} }, clock });
  onTestFinished(() => secrets.close());
  const reading = secrets.getSecret("db").catch((error: unknown) => error);
  // The longest waits after the first and the second attempt.
  for (const [made, longestMs] of [
    [1, 100],
    [2, 200],
  ] as const) {
    await expect.poll(() => calls() - before).toBe(made);
    await delay(30);
    expect(calls() - before).toBe(made);
    await clock.advance(longestMs);
  }
  expect(await reading).toMatchObject({ code: "unavailable", attempts: 3 });
  expect(calls() - before).toBe(3);
});

test.each(transports)(
  "over %s, twenty secrets asked for in an outage are far fewer than sixty calls",
  async (transport) => {
    const { source, calls, fail } = await serviceOf(transport);
    await ask(source, "db");
    await fail(outage);
    const before = calls();
    const secrets = createSecrets({ source: { ...source, close: async () => {} } });
    onTestFinished(() => secrets.close());
    await expect(secrets.getSecret("db")).rejects.toMatchObject({ code: "unavailable" });
    for (let name = 0; name < 20; name += 1) {
      await expect(secrets.getSecret(`db-${name}`)).rejects.toMatchObject({ code: "unavailable" });
    }
    // In a known outage one try is enough, and there are waits between tries.
    expect(calls() - before).toBeLessThanOrEqual(3 + 20);
  },
);

test.each(transports)("over %s, a wrong checksum is read once more, and then said", async (transport) => {
  const { secrets, source, calls } = await serviceOf(transport);
  secrets.put("db", "one");
  secrets.spoilsChecksum = true;
  const secretsOf = createSecrets({ source: { ...source, close: async () => {} } });
  onTestFinished(() => secretsOf.close());
  await expect(secretsOf.getSecret("db")).rejects.toMatchObject({ code: "payload-corrupt", attempts: 2 });
  expect(calls()).toBe(2);
  secrets.spoilsChecksum = false;
  expect(await askText(source, "db")).toBe("one");
});

test.each(transports)(
  "over %s, 64 KiB of bytes arrive whole, and among 10,000 versions previous takes three calls",
  async (transport) => {
    const { secrets, source, calls } = await serviceOf(transport);
    const longest = Uint8Array.from({ length: 65_536 }, (_, index) => (index * 31) % 256);
    secrets.put("long", longest);
    expect(await ask(source, "long")).toMatchObject({ payload: longest, metadata: { checksum: "crc32c" } });
    for (let number = 1; number <= 10_000; number += 1) secrets.put("db", String(number));
    for (let number = 4; number < 10_000; number += 1) secrets.setState("db", "DESTROYED", String(number));
    const before = calls();
    expect(await askText(source, "db", "previous")).toBe("3");
    expect(calls() - before).toBe(3);
  },
);
