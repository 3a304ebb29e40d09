import { once } from "node:events";
import { Agent, createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { endKeptConnections } from "./end-kept-connections.ts";

const countOf = (sockets: NodeJS.ReadOnlyDict<readonly unknown[]>) => Object.values(sockets).flat().length;

test("it ends the connections that wait for a request, and none that is in use", async () => {
  const waiting: ServerResponse[] = [];
  const server = createServer((_request, response) => void waiting.push(response)).listen(0, "127.0.0.1");
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => {
    agent.destroy();
    server.close();
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const asked = Array.from({ length: 3 }, () => once(get({ host: "127.0.0.1", port, agent }), "response"));
  await expect.poll(() => waiting).toHaveLength(3);
  for (const response of waiting.slice(0, 2)) response.end();
  for (const [answer] of (await Promise.all(asked.slice(0, 2))) as [IncomingMessage][]) answer.resume();
  await expect.poll(() => countOf(agent.freeSockets)).toBe(2);
  endKeptConnections(agent);
  await expect.poll(() => [countOf(agent.freeSockets), countOf(agent.sockets)]).toEqual([0, 1]);
  waiting[2]?.end("whole");
  const [answer] = (await asked[2]) as [IncomingMessage];
  expect(Buffer.concat(await answer.toArray()).toString()).toBe("whole");
});
