import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export const loopback = "127.0.0.1";

/** A server on a free port of the loopback that can go away and come back to the same one. */
export interface Listener {
  readonly port: number;
  /** Resets every connection that there is. */
  resetAll(): void;
  /** Resets the connection that a request came by; `socket` may be the encrypted end of it. */
  reset(socket: Socket | null): void;
  /** Refuses connections, and resets those that there are. */
  leave(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

const patienceMs = 2000;

export async function listen(server: Server): Promise<Listener> {
  const sockets = new Map<string, Socket>();
  server.on("connection", (socket: Socket) => {
    const key = keyOf(socket);
    sockets.set(key, socket);
    // Whoever resets a connection hears an error on its other end; and a client may do the same to us.
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(key));
  });
  server.on("tlsClientError", () => {});
  server.listen(0, loopback);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const resetAll = () => {
    for (const socket of sockets.values()) socket.resetAndDestroy();
  };
  async function leave(): Promise<void> {
    if (!server.listening) return resetAll();
    const left = once(server, "close");
    server.close();
    resetAll();
    await left;
  }
  return {
    port,
    resetAll,
    reset: (socket) => void (socket && sockets.get(keyOf(socket))?.resetAndDestroy()),
    leave,
    async comeBack() {
      if (server.listening) return;
      // A passing connection of somebody else may have been given this very port.
      for (const until = performance.now() + patienceMs; ; await delay(10)) {
        const error = await tryToListen(server, port);
        if (error === undefined) return;
        if (performance.now() > until) throw error;
      }
    },
    close: leave,
  };
}

/** The encrypted and the plain end of one connection have this in common. */
function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress}:${remotePort}`;
}

async function tryToListen(server: Server, port: number): Promise<unknown> {
  try {
    server.listen(port, loopback);
    await once(server, "listening");
    return undefined;
  } catch (error) {
    return error;
  }
}
