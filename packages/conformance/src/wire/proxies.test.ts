import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { startFaultProxy } from "./fault-proxy.ts";
import { startTcpProxy } from "./tcp-proxy.ts";
import { jsonAnswer } from "./wire-answer.ts";
import { startWireServer } from "./wire-server.ts";

const codeOf = (error: unknown) => ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code;

test("what passes the proxy is what was sent, both ways", async () => {
  await using server = await startWireServer(() => ({
    status: 207,
    headers: { "set-cookie": ["a=1", "b=2"], "content-type": "text/odd" },
    body: Uint8Array.of(0, 255, 10),
  }));
  await using proxy = await startFaultProxy({ to: server.url });
  const answer = await fetch(`${proxy.url}/a%2Fb?c=%20`, { method: "POST", headers: { "X-Own": "1" }, body: "body" });
  expect([answer.status, answer.headers.getSetCookie(), answer.headers.get("content-type")]).toEqual([
    207,
    ["a=1", "b=2"],
    "text/odd",
  ]);
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(Uint8Array.of(0, 255, 10));
  const [arrived] = server.requests;
  expect([arrived?.method, arrived?.url, arrived?.text, arrived?.headers["x-own"], arrived?.headers.host]).toEqual([
    "POST",
    "/a%2Fb?c=%20",
    "body",
    "1",
    `127.0.0.1:${proxy.port}`,
  ]);
  expect(proxy.requests.map(({ text }) => text)).toEqual(["body"]);
});

test("an answer to HEAD and an answer without a body pass as they are", async () => {
  await using server = await startWireServer(({ method }) =>
    method === "HEAD" ? { headers: { "content-length": "7" } } : { status: 204 },
  );
  await using proxy = await startFaultProxy({ to: server.url });
  expect((await fetch(proxy.url, { method: "HEAD" })).headers.get("content-length")).toBe("7");
  expect((await fetch(proxy.url)).status).toBe(204);
});

test("a server that is gone is gone behind the proxy too, and a client that leaves leaves the server", async () => {
  const server = await startWireServer(() => new Promise(() => {}));
  await using proxy = await startFaultProxy({ to: server.url });
  const stop = new AbortController();
  const asking = fetch(proxy.url, { signal: stop.signal }).catch(() => "gone");
  const arrived = await server.request(1);
  stop.abort();
  expect([await asking, await arrived.end]).toEqual(["gone", "cut"]);
  await server.close();
  expect(await fetch(proxy.url).catch(codeOf)).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
});

test("faults happen on the way: the server behind it sees none of them", async () => {
  await using server = await startWireServer(() => jsonAnswer({ value: "one" }));
  await using proxy = await startFaultProxy({ to: server.url });
  await proxy.inject("throttled-with-wait", { times: 1 });
  const throttled = await fetch(proxy.url);
  expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "7"]);
  expect([proxy.requests.length, server.requests.length]).toEqual([1, 0]);
});

/** Says back what it hears. */
async function openEcho() {
  const server = createServer((socket) => socket.on("error", () => {}).pipe(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: async () => void server.close() };
}

async function say(socket: Socket, text: string): Promise<string> {
  const ending = Promise.race([once(socket, "data"), once(socket, "end").then(() => ["end"])]);
  socket.write(text);
  return ending.then(
    ([heard]) => String(heard),
    (error: NodeJS.ErrnoException) => String(error.code),
  );
}

async function dial(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

test("bytes pass the plain proxy, and its faults concern connections that are there already", async () => {
  await using echo = await openEcho();
  await using proxy = await startTcpProxy({ port: echo.port });
  const socket = await dial(proxy.port);
  expect(await say(socket, "hello")).toBe("hello");
  await proxy.inject("half-answer");
  expect(await say(socket, "hello!")).toBe("hel");
  socket.destroy();
  await proxy.inject("reset-after");
  expect(await say(await dial(proxy.port), "hello")).toBe("ECONNRESET");
  await proxy.inject("down");
  await expect(dial(proxy.port)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await proxy.heal();
  const again = await dial(proxy.port);
  expect(await say(again, "hello")).toBe("hello");
  await proxy.inject("hang");
  const silent = say(again, "hello");
  expect(await Promise.race([silent, delay(50, "silence")])).toBe("silence");
  await proxy.inject("trickle");
  expect(await say(await dial(proxy.port), "hello")).toBe("h");
  await proxy.inject("reset-before");
  expect(await silent).toBe("ECONNRESET");
  expect(proxy.connections).toBe(4);
});

test("the plain proxy forgets connections without a word to either end, and the next one works", async () => {
  await using echo = await openEcho();
  await using proxy = await startTcpProxy({ port: echo.port });
  const socket = await dial(proxy.port);
  expect(await say(socket, "hello")).toBe("hello");
  proxy.forget();
  const silent = say(socket, "hello");
  await expect.poll(() => proxy.lostBytes).toBe(5);
  await proxy.inject("reset-after");
  await proxy.heal();
  expect(await say(await dial(proxy.port), "hello")).toBe("hello");
  expect(await Promise.race([silent, delay(50, "silence")])).toBe("silence");
  expect([proxy.connections, proxy.open]).toEqual([2, 2]);
  socket.end();
  await expect.poll(() => proxy.open).toBe(1);
});

test("what forgot a connection in the middle of another fault tells neither end that it is over", async () => {
  await using echo = await openEcho();
  await using proxy = await startTcpProxy({ port: echo.port });
  const socket = await dial(proxy.port);
  expect(await say(socket, "hello")).toBe("hello");
  await proxy.inject("hang");
  const silent = say(socket, "hello");
  expect(await Promise.race([silent, delay(50, "silence")])).toBe("silence");
  proxy.forget();
  await proxy.heal();
  proxy.hangUp();
  expect(await Promise.race([silent, delay(50, "silence")])).toBe("silence");
  expect(proxy.open).toBe(1);
  socket.destroy();
});

test("a server that goes is no news over a forgotten connection", async () => {
  await using server = await startWireServer(() => ({}));
  await using proxy = await startTcpProxy({ port: server.port });
  const socket = await dial(proxy.port);
  await say(socket, "GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  proxy.forget();
  await server.inject("down");
  expect(await Promise.race([once(socket, "close"), delay(50, "silence")])).toBe("silence");
  expect(proxy.open).toBe(1);
  socket.destroy();
});

test("the plain proxy hangs up as a server does", async () => {
  await using echo = await openEcho();
  await using proxy = await startTcpProxy({ port: echo.port });
  const socket = await dial(proxy.port);
  expect(await say(socket, "hello")).toBe("hello");
  const end = once(socket.resume(), "end");
  proxy.hangUp();
  await end;
  await expect.poll(() => proxy.open).toBe(0);
});

test("what needs HTTP is refused by the plain proxy", async () => {
  await using proxy = await startTcpProxy({ port: 1 });
  await expect(proxy.inject("throttled")).rejects.toThrow("startFaultProxy()");
  await expect(proxy.inject("hang", { times: 1 })).rejects.toThrow("no scope");
});
