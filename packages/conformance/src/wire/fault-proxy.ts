import { type FaultyServer, type FaultyServerOptions, openFaultyServer } from "./faulty-server.ts";
import { forwarder } from "./forward.ts";

export interface FaultProxyOptions extends FaultyServerOptions {
  /** The server behind it: `http://127.0.0.1:8200`. */
  readonly to: string;
  /** The certificates, PEM, that the server behind it proves itself with. Default: it need not. */
  readonly ca?: string | Buffer | undefined;
}

/**
 * Starts a proxy in front of an HTTP or HTTPS server. Requests pass as they are, their `Host` included, and are recorded.
 * With `tls` it is HTTPS itself; what lies behind it may be either.
 */
export function startFaultProxy({ to, ca, ...options }: FaultProxyOptions): Promise<FaultyServer> {
  return openFaultyServer(forwarder(to, ca), options);
}
