import { createServer, type IncomingMessage, type RequestListener, type ServerOptions } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { Socket } from "node:net";
import type { TLSSocket, TlsOptions } from "node:tls";
import { type Listener, listen } from "./listener.ts";

/** What a server proves its name with, and whom it asks for a certificate: options of `node:tls`. */
export type WireTls = Pick<TlsOptions, "key" | "cert" | "ca" | "requestCert" | "rejectUnauthorized">;

// A server of a test waits for as long as the test says: none of these may end a connection that a client still uses.
const patient: ServerOptions = {
  keepAliveTimeout: 300_000,
  headersTimeout: 0,
  requestTimeout: 0,
  maxHeaderSize: 65_536,
};

/** HTTP, or HTTPS where there is a certificate, on a free port of the loopback. */
export function openEndpoint(
  tls: WireTls | undefined,
  onRequest: RequestListener,
  onConnection: (socket: Socket) => void = () => {},
): Promise<Listener> {
  const server =
    tls === undefined ? createServer(patient, onRequest) : createSecureServer({ ...patient, ...tls }, onRequest);
  server.on("connection", onConnection);
  return listen(server);
}

/** The common name in the certificate that the client proved to have; undefined where it showed none that is trusted. */
export function clientNameOf({ socket }: IncomingMessage): string | undefined {
  const { authorized, getPeerCertificate } = socket as Partial<TLSSocket>;
  const name = authorized === true ? getPeerCertificate?.call(socket)?.subject?.CN : undefined;
  return Array.isArray(name) ? name[0] : name;
}
