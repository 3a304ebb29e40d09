import type { IncomingMessage, ServerResponse } from "node:http";
import { Elsewhere } from "./elsewhere.ts";
import { openEndpoint, type WireTls } from "./endpoint.ts";
import type { Exchange } from "./exchange.ts";
import type { FaultInjector } from "./fault-injector.ts";
import { FaultScript, suffer } from "./fault-script.ts";
import { pauseFor } from "./pause.ts";
import { RequestLog } from "./request-log.ts";
import type { Responder } from "./responder.ts";
import { writeAnswer } from "./wire-answer.ts";
import { readRequest, type WireRequest } from "./wire-request.ts";

/** A server on the loopback that records its requests, and faults on demand. */
export interface FaultyServer extends FaultInjector, AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Every request that has arrived whole, in that order. */
  readonly requests: readonly WireRequest[];
  /** The n-th request, from 1; waits for it where it has not arrived. */
  request(n: number): Promise<WireRequest>;
  /** Ends every connection at once. Rejects where a handler threw. */
  close(): Promise<void>;
}

export interface FaultyServerOptions {
  /** Makes it HTTPS. */
  readonly tls?: WireTls | undefined;
  /** What clients call it. Default: `"127.0.0.1"`. */
  readonly hostName?: string | undefined;
}

export async function openFaultyServer(
  responder: Responder,
  { tls, hostName = "127.0.0.1" }: FaultyServerOptions,
): Promise<FaultyServer> {
  const log = new RequestLog();
  const script = new FaultScript();
  const elsewhere = new Elsewhere(responder, tls, hostName);
  const closing = new AbortController();
  const errors: unknown[] = [];
  let takenBytes = 0;

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming, response);
    if (request === undefined) return;
    const reset = () => listener.reset(response.socket);
    log.add(request);
    const exchange: Exchange = {
      request,
      response,
      answer: () => responder.answer(request),
      respond: async () => void ((await responder.respond(request, response)) || reset()),
      reset,
      pause: (ms) => pauseFor(ms, response, closing.signal),
      elsewhere: () => elsewhere.open(),
      taken(bytes) {
        takenBytes += bytes;
      },
    };
    const fault = script.takeRequest(request);
    await (fault === undefined ? exchange.respond() : suffer(fault, exchange));
  }

  const listener = await openEndpoint(
    tls,
    (incoming, response) => {
      handle(incoming, response).catch((error) => {
        errors.push(error);
        if (response.headersSent) listener.reset(response.socket);
        else writeAnswer(response, { status: 500, body: "The handler threw." });
      });
    },
    (socket) => {
      if (script.takeConnection()) socket.resetAndDestroy();
    },
  );

  async function close(): Promise<void> {
    closing.abort();
    await Promise.all([listener.close(), elsewhere.close()]);
    if (errors.length > 0) throw errors[0];
  }

  return {
    url: `${tls === undefined ? "http" : "https"}://${hostName}:${listener.port}`,
    port: listener.port,
    requests: log.requests,
    request: (n) => log.request(n),
    async inject(fault, scope) {
      script.add(fault, scope);
      if (fault === "redirect") await elsewhere.open();
      if (fault === "down") await listener.leave();
      if (fault === "reset-before" && scope?.where === undefined) listener.resetAll();
    },
    async heal() {
      script.clear();
      await listener.comeBack();
    },
    elsewhere: elsewhere.arrived,
    get takenBytes() {
      return takenBytes;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
