import {
  type FaultyServer,
  type FaultyServerOptions,
  startFaultProxy,
  startTcpProxy,
  type TcpProxy,
  type WireTls,
} from "../../packages/conformance/src/wire/index.ts";
import type { RunningPostgres } from "./start-postgres.ts";

interface HttpServer {
  readonly url: string;
  readonly ca?: string;
  readonly tls?: WireTls;
  readonly stop: () => Promise<void>;
}

/** A server, and the proxy in front of it by whose `url` a source reaches it. */
export interface BehindFaults<Server, Proxy = FaultyServer> extends AsyncDisposable {
  /** Straight to the server: for its administrator. */
  readonly server: Server;
  readonly proxy: Proxy;
  /** Ends the proxy, then the server. */
  readonly stop: () => Promise<void>;
}

/** Puts the fault proxy in front of a server that speaks HTTP; HTTPS stays HTTPS, with the server's own certificate. */
export async function behindFaults<Server extends HttpServer>(
  starting: Promise<Server>,
  options: FaultyServerOptions = {},
): Promise<BehindFaults<Server>> {
  const server = await starting;
  const { url, ca, tls } = server;
  return paired(server, () => startFaultProxy({ to: url, ca, tls, ...options }));
}

/** Puts a proxy in front of PostgreSQL that passes its bytes on; its faults are `tcpFaults`. */
export async function postgresBehindFaults(
  starting: Promise<RunningPostgres>,
): Promise<BehindFaults<RunningPostgres, TcpProxy>> {
  const server = await starting;
  return paired(server, () => startTcpProxy({ port: server.port }));
}

async function paired<Server extends { stop: () => Promise<void> }, Proxy extends { close(): Promise<void> }>(
  server: Server,
  start: () => Promise<Proxy>,
): Promise<BehindFaults<Server, Proxy>> {
  const proxy = await start().catch(async (error) => {
    await server.stop();
    throw error;
  });
  const stop = () => proxy.close().finally(server.stop);
  return { server, proxy, stop, [Symbol.asyncDispose]: stop };
}
