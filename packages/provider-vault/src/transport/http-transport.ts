import type { Agent, ClientRequest } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import type { SourceFailure } from "@secretsource/core/source";
import { endKeptConnections } from "@secretsource/core/source-kit";
import type { Endpoint, TlsMaterial } from "./endpoint.ts";
import { exchange } from "./exchange.ts";
import type { HttpAnswer, HttpRequest } from "./http-message.ts";
import { http, https } from "./node-http.ts";
import { inCircles, notAllowed, ofAnotherKind } from "./redirect-failures.ts";
import { allowedRedirect } from "./redirect-policy.ts";

export interface TransportSettings {
  readonly endpoint: Endpoint;
  readonly tls: TlsMaterial;
  /** Origins that a redirect may lead to, besides the endpoint's own. */
  readonly redirectsTo: ReadonlySet<string>;
  readonly redirects: number;
  readonly maxBytes: number;
  readonly sockets: number;
  readonly idleMs: number;
}

/** Sends requests to one server, and on to the active node where a standby says so. */
export class HttpTransport {
  readonly #settings: TransportSettings;
  readonly #agents: { readonly "http:": Agent; "https:": HttpsAgent };
  /** What was made with other certificates, for as long as its connections last. */
  #retired: readonly HttpsAgent[] = [];

  readonly #underWay = new Set<ClientRequest>();
  readonly #allowed: ReadonlySet<string>;

  constructor(settings: TransportSettings) {
    this.#settings = settings;
    const { endpoint, redirectsTo } = settings;
    // The active node may lead back to the one that was asked. Behind a socket, its name is nobody's.
    this.#allowed = endpoint.socketPath === undefined ? new Set([...redirectsTo, endpoint.origin.origin]) : redirectsTo;
    this.#agents = { "http:": new http.Agent(agentOptions(settings)), "https:": this.#secure(settings.tls) };
  }

  /**
   * Requests from now on make connections with these. Those under way end on theirs, which close when they lie idle. A
   * new agent, since it remembers TLS sessions too: one that is taken up again shows the certificate it began with.
   */
  renewTls(tls: TlsMaterial): void {
    this.#retired = [...this.#retired, this.#agents["https:"]].filter(hasConnections);
    this.#agents["https:"] = this.#secure(tls);
  }

  /** @throws what the signal was aborted with. */
  async send(request: HttpRequest): Promise<HttpAnswer | SourceFailure> {
    const { redirects } = this.#settings;
    let { endpoint } = this.#settings;
    let path = request.path;
    for (let hop = 0; ; hop += 1) {
      const answer = await this.#exchange(endpoint, { ...request, path });
      if (answer.failure !== undefined || answer.status < 300 || answer.status >= 400) return answer;
      const { location } = answer.headers;
      // The others let a client change the method, and no server of this kind sends them.
      if (answer.status !== 307 && answer.status !== 308) return ofAnotherKind(answer.status, location);
      if (hop === redirects) return inCircles(answer.status);
      const target = allowedRedirect(location, endpoint.origin, this.#allowed);
      if (target === undefined) return notAllowed(answer.status, location);
      if (target.origin !== endpoint.origin.origin) endpoint = { origin: new URL(target.origin) };
      path = `${target.pathname}${target.search}`;
    }
  }

  /** Ends the connections that wait for a request. */
  endKept(): void {
    for (const agent of Object.values(this.#agents)) endKeptConnections(agent);
  }

  /** Ends what is under way, and what waits for a connection: it would open one later. */
  endRequests(): void {
    for (const request of this.#underWay) request.destroy();
  }

  close(): void {
    this.endRequests();
    for (const agent of [...Object.values(this.#agents), ...this.#retired]) agent.destroy();
  }

  #secure(tls: TlsMaterial): HttpsAgent {
    return new https.Agent({ ...agentOptions(this.#settings), ...tls });
  }

  #exchange(endpoint: Endpoint, request: HttpRequest): Promise<HttpAnswer | SourceFailure> {
    const agent = this.#agents[endpoint.origin.protocol === "https:" ? "https:" : "http:"];
    return exchange(endpoint, request, { agent, maxBytes: this.#settings.maxBytes, underWay: this.#underWay });
  }
}

/** `timeout` ends connections that lie idle; on those in use it is only told, and nobody listens. */
function agentOptions({ sockets, idleMs }: TransportSettings) {
  return { keepAlive: true, maxSockets: sockets, timeout: idleMs };
}

function hasConnections({ sockets, freeSockets, requests }: HttpsAgent): boolean {
  return [sockets, freeSockets, requests].some((ofName) => Object.keys(ofName).length > 0);
}
