import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import { Agent, get } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";

/** A client that stays connected for as long as the server lets it. */
export class TlsClient {
  readonly #agent: Agent;
  readonly #server: Server;

  constructor(server: Server, ca: string) {
    this.#server = server;
    // A session that is resumed shows no certificate.
    this.#agent = new Agent({ ca, keepAlive: true, maxSockets: 1, maxCachedSessions: 0 });
  }

  /** What was answered, and whom: by its certificate's common name, over the connection from this port. */
  async ask(path: string) {
    const { port } = this.#server.address() as AddressInfo;
    const request = get({ host: "localhost", port, path, agent: this.#agent });
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const socket = response.socket as TLSSocket;
    const { localPort } = socket;
    const { CN: commonName } = socket.getPeerCertificate().subject;
    response.resume();
    await once(response, "end");
    return { status: response.statusCode, headers: response.headers, commonName, localPort };
  }

  close(): void {
    this.#agent.destroy();
  }
}
