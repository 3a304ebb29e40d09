import { openEndpoint, type WireTls } from "./endpoint.ts";
import type { Listener } from "./listener.ts";
import type { Responder } from "./responder.ts";
import { readRequest } from "./wire-request.ts";

/** The other host of the fault `redirect`: it answers as the store does, and keeps what it was shown. */
export class Elsewhere {
  readonly arrived: string[] = [];
  readonly #responder: Responder;
  readonly #tls: WireTls | undefined;
  readonly #hostName: string;
  #listener: Promise<Listener> | undefined;

  constructor(responder: Responder, tls: WireTls | undefined, storesName: string) {
    this.#responder = responder;
    this.#tls = tls;
    this.#hostName = storesName === "localhost" ? "127.0.0.1" : "localhost";
  }

  /** Its address, without a path. */
  async open(): Promise<string> {
    this.#listener ??= openEndpoint(this.#tls, (incoming, response) => {
      const answering = readRequest(incoming, response).then(async (request) => {
        if (request === undefined) return;
        this.arrived.push(request.everything);
        if (!(await this.#responder.respond(request, response))) response.destroy();
      });
      answering.catch(() => response.destroy());
    });
    const { port } = await this.#listener;
    return `${this.#tls === undefined ? "http" : "https"}://${this.#hostName}:${port}`;
  }

  async close(): Promise<void> {
    await (await this.#listener)?.close();
  }
}
