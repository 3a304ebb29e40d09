import { once } from "node:events";
import { Agent, type AgentOptions, request } from "node:https";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import type { TLSSocket } from "node:tls";

/** One request, and the serial number of the certificate that the server had in its handshake. */
async function ask(port: number, agent: Agent): Promise<{ answer: string; serial: string }> {
  const outgoing = request({ host: "127.0.0.1", port, agent, servername: "orders.internal" }).end();
  const [incoming] = await once(outgoing, "response");
  const serial = (incoming.socket as TLSSocket).getPeerCertificate().serialNumber;
  return { answer: await text(incoming), serial };
}

/** Clients that never stop asking, and what came of it. */
export class Clients {
  /** Of the server, in the order in which they were seen. */
  readonly serials: string[] = [];
  connections = 0;
  failures = 0;
  /** Answers over the one connection that stays open. */
  keptAnswers = 0;
  keptFailures = 0;
  /** The certificate with which that connection began. */
  keptSerials = new Set<string>();
  readonly #end = new AbortController();
  readonly #running: readonly Promise<void>[];

  /** @param tls What a client has at that moment. */
  constructor(port: number, tls: () => AgentOptions) {
    this.#running = [...Array.from({ length: 3 }, () => this.#connect(port, tls)), this.#keep(port, tls())];
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await Promise.all(this.#running);
  }

  /** A connection of its own for each request. */
  async #connect(port: number, tls: () => AgentOptions): Promise<void> {
    for (; !this.#end.signal.aborted; await delay(5)) {
      this.connections += 1;
      const agent = new Agent({ ...tls(), keepAlive: false });
      try {
        const { answer, serial } = await ask(port, agent);
        if (answer !== "Hello, shop.internal") this.failures += 1;
        if (!this.serials.includes(serial)) this.serials.push(serial);
      } catch (error) {
        this.failures += 1;
        console.error(error);
      }
    }
  }

  /** One connection for all requests: a dropped one would begin anew, with a later certificate. */
  async #keep(port: number, tls: AgentOptions): Promise<void> {
    const agent = new Agent({ ...tls, keepAlive: true, maxSockets: 1 });
    for (; !this.#end.signal.aborted; await delay(50)) {
      try {
        this.keptSerials.add((await ask(port, agent)).serial);
        this.keptAnswers += 1;
      } catch (error) {
        this.keptFailures += 1;
        console.error(error);
      }
    }
    agent.destroy();
  }
}

/** What a client without a certificate comes to. */
export async function askWithoutCertificate(port: number, ca: AgentOptions["ca"]): Promise<string> {
  return ask(port, new Agent({ ca })).then(
    ({ answer }) => answer,
    (error: { code?: string }) => error.code ?? "refused",
  );
}
