import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { jsonAnswer } from "./wire-answer.ts";
import { startWireServer } from "./wire-server.ts";

const codeOf = (error: unknown) => ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code;

test("requests are recorded in their order, with all that was sent", async () => {
  await using server = await startWireServer(({ path }) => jsonAnswer({ path }, { status: 201 }));
  const answer = await fetch(`${server.url}/a%2Fb?x=1&y=2`, { method: "PUT", headers: { "X-Own": "1" }, body: "né" });
  expect([answer.status, await answer.json()]).toEqual([201, { path: "/a%2Fb" }]);
  await fetch(`${server.url}/second`);
  const [first, second] = server.requests;
  expect([first?.method, first?.path, first?.query.get("y"), first?.text]).toEqual(["PUT", "/a%2Fb", "2", "né"]);
  expect(first?.headers["x-own"]).toBe("1");
  expect(first?.body).toEqual(Buffer.from("né"));
  expect(first?.everything).toContain("PUT /a%2Fb?x=1&y=2");
  expect(second?.url).toBe("/second");
  expect(second?.atMs).toBeGreaterThanOrEqual(first?.atMs ?? Number.POSITIVE_INFINITY);
});

test("a request can be waited for, and tells whether it was answered or cut", async () => {
  await using server = await startWireServer(({ path }) => (path === "/never" ? new Promise(() => {}) : {}));
  const second = server.request(2);
  await fetch(`${server.url}/first`);
  const stop = new AbortController();
  const never = fetch(`${server.url}/never`, { signal: stop.signal });
  expect((await second).path).toBe("/never");
  stop.abort();
  await expect(never).rejects.toThrow("aborted");
  expect(await (await server.request(1)).end).toBe("answered");
  expect(await (await second).end).toBe("cut");
});

test("connections are kept alive", async () => {
  await using server = await startWireServer(() => ({}));
  const agent = new Agent({ keepAlive: true });
  const ports = new Set<number | undefined>();
  for (let round = 0; round < 3; round += 1) {
    const asking = request(server.url, { agent }).end();
    const [answer] = await once(asking, "response");
    ports.add(asking.socket?.localPort);
    await once(answer.resume(), "end");
  }
  agent.destroy();
  expect(ports.size).toBe(1);
});

test("its end ends every connection at once, also one without an answer", async () => {
  const server = await startWireServer(() => new Promise(() => {}));
  const idle = connect(server.port, "127.0.0.1");
  idle.on("error", () => {});
  await once(idle, "connect");
  const asking = fetch(server.url).catch(codeOf);
  await server.request(1);
  const ended = new Promise((resolve) => idle.once("close", resolve));
  await server.close();
  expect(await asking).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  await ended;
  await server.close();
});

test("a handler that throws is a failure of its test", async () => {
  const server = await startWireServer(() => {
    throw new RangeError("no such route");
  });
  expect((await fetch(server.url)).status).toBe(500);
  await expect(server.close()).rejects.toThrow("no such route");
});

test("a handler can reset", async () => {
  await using server = await startWireServer(() => "reset");
  expect(await fetch(server.url).catch(codeOf)).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  expect(server.requests).toHaveLength(1);
});
