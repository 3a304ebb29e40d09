import { expect, test } from "vitest";
import { jsonAnswer } from "./wire-answer.ts";
import { startWireServer } from "./wire-server.ts";

const statusOf = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    (error: Error) => (error.cause as NodeJS.ErrnoException).code,
  );
const open = () => startWireServer(() => jsonAnswer({ value: "one" }));

test("a fault lasts until it is healed", async () => {
  await using server = await open();
  await server.inject("unavailable");
  expect([await statusOf(server.url), await statusOf(server.url)]).toEqual([503, 503]);
  await server.heal();
  expect(await statusOf(server.url)).toBe(200);
});

test("faults with a count happen one after the other, and are over", async () => {
  await using server = await open();
  await server.inject("unavailable", { times: 2 });
  await server.inject("throttled", { times: 1 });
  const all = [];
  for (let round = 0; round < 4; round += 1) all.push(await statusOf(server.url));
  expect(all).toEqual([503, 503, 429, 200]);
});

test("a fault can be some requests' alone", async () => {
  await using server = await open();
  await server.inject("unauthenticated", { where: ({ path }) => path.startsWith("/secrets/") });
  await server.inject("reset-before", { where: ({ path }) => path === "/health" });
  expect(await statusOf(`${server.url}/login`)).toBe(200);
  expect(await statusOf(`${server.url}/secrets/db`)).toBe(401);
  expect(await statusOf(`${server.url}/health`)).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
});

test("a fault can be in a service's own dialect", async () => {
  await using server = await open();
  await server.inject(jsonAnswer({ __type: "ThrottlingException" }, { status: 400 }), { times: 1 });
  expect(await (await fetch(server.url)).json()).toEqual({ __type: "ThrottlingException" });
  await server.inject(({ path }) => ({ status: 418, body: path }));
  expect(await (await fetch(`${server.url}/tea`)).text()).toBe("/tea");
});

test("a server that is down refuses connections, and comes back to the same port", async () => {
  await using server = await open();
  await statusOf(server.url);
  await server.inject("down");
  expect(await statusOf(server.url)).toBe("ECONNREFUSED");
  await server.heal();
  expect(await statusOf(server.url)).toBe(200);
  expect(server.requests).toHaveLength(2);
  await expect(server.inject("down", { times: 1 })).rejects.toThrow("`down` has no scope");
});

test("a reset before the request leaves it unread, once where it is to be once", async () => {
  await using server = await open();
  await server.inject("reset-before", { times: 1 });
  expect(await statusOf(server.url)).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  expect(server.requests).toHaveLength(0);
  expect(await statusOf(server.url)).toBe(200);
});

test("a reset after the request has read it", async () => {
  await using server = await open();
  await server.inject("reset-after");
  expect(await statusOf(server.url)).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  expect(server.requests).toHaveLength(1);
});

test("half an answer says how long it would have been", async () => {
  await using server = await open();
  await server.inject("half-answer");
  const answer = await fetch(server.url);
  expect(answer.headers.get("content-length")).toBe("15");
  await expect(answer.text()).rejects.toThrow("terminated");
});

test("an answer that trickles has begun, and ends with the connection", async () => {
  await using server = await open();
  await server.inject("trickle");
  const answer = await fetch(server.url, { signal: AbortSignal.timeout(50) });
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow("timeout");
  expect(await (await server.request(1)).end).toBe("cut");
});

test("the other host of a redirect answers like the store, and keeps what it was shown", async () => {
  await using server = await open();
  await server.inject("redirect");
  const answer = await fetch(`${server.url}/db?a=1`, { headers: { "x-token": "canary" } });
  expect(await answer.json()).toEqual({ value: "one" });
  expect(new URL(answer.url).host).not.toBe(new URL(server.url).host);
  expect(server.elsewhere).toEqual([expect.stringMatching(/^GET [/]db[?]a=1\n[\s\S]*x-token: canary/)]);
});

test("of an answer of 100 MiB it is known how much was taken", async () => {
  await using server = await open();
  await server.inject("huge");
  const whole = await (await fetch(server.url)).arrayBuffer();
  expect(whole.byteLength).toBe(100 * 1024 * 1024 + '{"padding":""}'.length);
  expect(server.takenBytes).toBe(100 * 1024 * 1024);
  const one = await fetch(server.url);
  await one.body?.cancel();
  expect(await (await server.request(2)).end).toBe("cut");
  expect(server.takenBytes).toBeLessThan(148 * 1024 * 1024);
});
