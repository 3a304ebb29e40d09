import { connect, createServer, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { FaultInjector } from "./fault-injector.ts";
import { listen, loopback } from "./listener.ts";

/** The faults that need no knowledge of what is spoken. */
export const tcpFaults = ["down", "slow", "hang", "trickle", "reset-before", "reset-after", "half-answer"] as const;

type TcpFault = (typeof tcpFaults)[number];

export interface TcpProxyOptions {
  /** The port behind it. */
  readonly port: number;
  /** The host behind it. Default: the loopback. */
  readonly host?: string;
}

/** Passes bytes on, whatever they mean: TLS stays whole. Its faults are `tcpFaults`, without a scope. */
export interface TcpProxy extends FaultInjector, AsyncDisposable {
  readonly port: number;
  /** How many connections it has accepted. */
  readonly connections: number;
  /** How many of them have not ended. */
  readonly open: number;
  /** How many bytes were sent over connections that it had forgotten. */
  readonly lostBytes: number;
  /**
   * Forgets the connections that there are, as a firewall does that restarts: what is sent over them is lost, and neither end is
   * told, not even by `heal()`. New ones work.
   */
  forget(): void;
  /** Ends the connections that there are, as a server does with those that nobody uses. */
  hangUp(): void;
  close(): Promise<void>;
}

const slowMs = 50;
const trickleMs = 1000;

/** Starts a proxy in front of any TCP port, on a free port of the loopback. */
export async function startTcpProxy({ port, host = loopback }: TcpProxyOptions): Promise<TcpProxy> {
  let fault: TcpFault | undefined;
  let connections = 0;
  // What has lost bytes cannot go on when the fault is over.
  const spoilt = new Set<Socket>();
  const behind = new Set<Socket>();
  const clients = new Set<Socket>();
  const forgotten = new WeakSet<Socket>();
  let lostBytes = 0;

  const server = createServer({ allowHalfOpen: true }, (client) => {
    connections += 1;
    if (fault === "reset-before") return void client.resetAndDestroy();
    const upstream = connect({ host, port, allowHalfOpen: true });
    behind.add(upstream);
    clients.add(client);
    client.once("close", () => {
      clients.delete(client);
      spoilt.delete(client);
      upstream.destroy();
    });
    upstream.once("close", () => {
      behind.delete(upstream);
      if (!forgotten.has(client)) client.destroy();
    });
    upstream.on("error", () => void (forgotten.has(client) || client.resetAndDestroy()));
    client.once("end", () => void (forgotten.has(client) && client.destroy()));
    pump(client, upstream, async (chunk) => {
      if (forgotten.has(client)) lostBytes += chunk.byteLength;
      else if (fault === "reset-after") client.resetAndDestroy();
      else if (fault === "hang") spoilt.add(client);
      else await write(upstream, chunk);
    });
    pump(
      upstream,
      client,
      (chunk) => passBack(client, chunk),
      () => forgotten.has(client),
    );
  });
  const listener = await listen(server);

  async function passBack(client: Socket, chunk: Buffer): Promise<void> {
    if (forgotten.has(client)) {
      lostBytes += chunk.byteLength;
      return;
    }
    if (fault === "slow") await delay(slowMs, undefined, { ref: false });
    if (fault === "half-answer") {
      client.end(chunk.subarray(0, chunk.byteLength / 2));
    } else if (fault === "trickle") {
      spoilt.add(client);
      for (const byte of chunk) {
        if (client.destroyed) return;
        client.write(Uint8Array.of(byte));
        await delay(trickleMs, undefined, { ref: false });
      }
    } else if (!client.destroyed) {
      await write(client, chunk);
    }
  }

  async function close(): Promise<void> {
    await listener.close();
    for (const upstream of behind) upstream.destroy();
  }

  return {
    port: listener.port,
    get connections() {
      return connections;
    },
    get open() {
      return clients.size;
    },
    get lostBytes() {
      return lostBytes;
    },
    forget() {
      for (const client of clients) forgotten.add(client);
    },
    hangUp() {
      for (const client of clients) if (!forgotten.has(client)) client.end();
    },
    async inject(name, scope) {
      if (!isTcpFault(name)) throw new TypeError("This fault needs a proxy that speaks HTTP: startFaultProxy().");
      if (scope?.times !== undefined || scope?.where !== undefined) throw new TypeError("Its faults have no scope.");
      fault = name;
      if (name === "down") await listener.leave();
      if (name === "reset-before") listener.resetAll();
    },
    async heal() {
      fault = undefined;
      for (const client of spoilt) if (!forgotten.has(client)) client.resetAndDestroy();
      await listener.comeBack();
    },
    elsewhere: [],
    takenBytes: 0,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function isTcpFault(name: unknown): name is TcpFault {
  return (tcpFaults as readonly unknown[]).includes(name);
}

function pump(
  from: Socket,
  to: Socket,
  pass: (chunk: Buffer) => Promise<void>,
  isForgotten: () => boolean = () => false,
): void {
  const pumping = (async () => {
    for await (const chunk of from) await pass(chunk as Buffer);
    if (!isForgotten()) to.end();
  })();
  // A connection that breaks off is what it is here for.
  pumping.catch(() => to.destroy());
}

/** Settles when there is room for more. */
function write(to: Socket, chunk: Buffer): Promise<void> {
  return new Promise((resolve) => to.write(chunk, () => resolve()));
}
