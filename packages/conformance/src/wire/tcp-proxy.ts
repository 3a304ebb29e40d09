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

  const server = createServer({ allowHalfOpen: true }, (client) => {
    connections += 1;
    if (fault === "reset-before") return void client.resetAndDestroy();
    const upstream = connect({ host, port, allowHalfOpen: true });
    behind.add(upstream);
    client.once("close", () => {
      spoilt.delete(client);
      upstream.destroy();
    });
    upstream.once("close", () => {
      behind.delete(upstream);
      client.destroy();
    });
    upstream.on("error", () => client.resetAndDestroy());
    pump(client, upstream, async (chunk) => {
      if (fault === "reset-after") client.resetAndDestroy();
      else if (fault === "hang") spoilt.add(client);
      else await write(upstream, chunk);
    });
    pump(upstream, client, (chunk) => passBack(client, chunk));
  });
  const listener = await listen(server);

  async function passBack(client: Socket, chunk: Buffer): Promise<void> {
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
    async inject(name, scope) {
      if (!isTcpFault(name)) throw new TypeError("This fault needs a proxy that speaks HTTP: startFaultProxy().");
      if (scope?.times !== undefined || scope?.where !== undefined) throw new TypeError("Its faults have no scope.");
      fault = name;
      if (name === "down") await listener.leave();
      if (name === "reset-before") listener.resetAll();
    },
    async heal() {
      fault = undefined;
      for (const client of spoilt) client.resetAndDestroy();
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

function pump(from: Socket, to: Socket, pass: (chunk: Buffer) => Promise<void>): void {
  const pumping = (async () => {
    for await (const chunk of from) await pass(chunk as Buffer);
    to.end();
  })();
  // A connection that breaks off is what it is here for.
  pumping.catch(() => to.destroy());
}

/** Settles when there is room for more. */
function write(to: Socket, chunk: Buffer): Promise<void> {
  return new Promise((resolve) => to.write(chunk, () => resolve()));
}
