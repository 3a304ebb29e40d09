import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { gcpSecretManager } from "../src/index.ts";
import { ask, askText } from "./ask.ts";
import { fakeProject } from "./fake/fake-secrets.ts";
import { usersClient } from "./users-client.ts";
import { withGrpc, withRest } from "./with-fake.ts";

/** A service of either transport behind a port that knows who is connected. */
async function watched(transport: "grpc" | "rest") {
  const { secrets, server } = transport === "grpc" ? await withGrpc() : await withRest();
  secrets.put("db", "one");
  const { port } = server;
  const open = new Set<Socket>();
  let isHeld = false;
  const held: (() => void)[] = [];
  const proxy = createServer((socket) => {
    const behind = connect(port, "127.0.0.1");
    open.add(socket);
    socket
      .on("error", () => {})
      .on("close", () => {
        open.delete(socket);
        behind.destroy();
      });
    behind.on("close", () => socket.destroy()).on("error", () => {});
    socket.pipe(behind);
    behind.on("data", (data) => (isHeld ? held.push(() => socket.write(data)) : socket.write(data)));
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void proxy.close());
  const endpoint = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    source: gcpSecretManager({ projectId: fakeProject, endpoint, transport }),
    open,
    hold() {
      isHeld = true;
    },
    release() {
      isHeld = false;
      for (const one of held.splice(0)) one();
    },
  };
}

test.each(["grpc", "rest"] as const)(
  "over %s, a close while the client is made leaves no connection",
  async (transport) => {
    const { source, open } = await watched(transport);
    const reading = ask(source, "db").catch((error: unknown) => error);
    await source.close?.();
    await reading;
    await vi.waitFor(() => expect(open.size).toBe(0));
    // Nor does a read that comes too late.
    await ask(source, "db").catch((error: unknown) => error);
    await vi.waitFor(() => expect(open.size).toBe(0));
  },
);

test.each(["grpc", "rest"] as const)(
  "over %s, a close during a read leaves no connection, and ends the read",
  async (transport) => {
    const { source, open, hold, release } = await watched(transport);
    expect(await askText(source, "db")).toBe("one");
    hold();
    const reading = ask(source, "db").catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closing = source.close?.();
    release();
    const answer = await reading;
    await closing;
    expect(["one", "unavailable", undefined]).toContain(textOf(answer));
    await vi.waitFor(() => expect(open.size).toBe(0));
  },
);

function textOf(answer: unknown): unknown {
  const { payload, failure } = answer as { payload?: Uint8Array; failure?: string };
  return payload === undefined ? failure : Buffer.from(payload).toString("utf8");
}

test("two sources share a client of the user's own, and the close of one does not disturb the other", async () => {
  const { secrets, server } = await withGrpc();
  secrets.put("db", "one");
  const client = usersClient(server);
  const [first, second] = [1, 2].map(() => gcpSecretManager({ client, projectId: fakeProject }));
  if (first === undefined || second === undefined) throw new Error("No sources");
  const readings = Promise.all([askText(first, "db"), askText(second, "db")]);
  await first.close?.();
  expect(await readings).toEqual(["one", "one"]);
  expect(await askText(second, "db")).toBe("one");
});
