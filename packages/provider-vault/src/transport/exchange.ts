import type { Agent, ClientRequest, IncomingMessage } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import type { SourceFailure } from "@secretsource/core/source";
import { endKeptConnections } from "@secretsource/core/source-kit";
import { type Endpoint, shownServer } from "./endpoint.ts";
import type { HttpAnswer, HttpRequest } from "./http-message.ts";
import { networkFailure } from "./network-failures.ts";
import { http, https } from "./node-http.ts";
import { readBody } from "./read-body.ts";

export interface ExchangeLimits {
  readonly agent: Agent | HttpsAgent;
  readonly maxBytes: number;
  /** Bears the request for as long as it has a connection, or waits for one. */
  readonly underWay: Set<ClientRequest>;
}

/**
 * One request and its answer, whatever its status; no redirect is followed.
 *
 * @throws what the signal was aborted with. Every other trouble is a failure.
 */
export function exchange(
  endpoint: Endpoint,
  request: HttpRequest,
  { agent, maxBytes, underWay }: ExchangeLimits,
): Promise<HttpAnswer | SourceFailure> {
  const { method, path, headers, body, signal } = request;
  signal.throwIfAborted();
  const { origin, socketPath } = endpoint;
  const send = origin.protocol === "https:" ? https.request : http.request;
  return new Promise((settle, reject) => {
    let outgoing: ClientRequest;
    try {
      outgoing = send(origin, {
        method,
        path,
        agent,
        signal,
        ...(socketPath !== undefined && { socketPath }),
        headers: {
          ...copied(headers),
          ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }),
        },
      });
    } catch (error) {
      // A certificate or a key that is none is found as the connection is made.
      settle(networkFailure(error, endpoint));
      return;
    }
    underWay.add(outgoing);
    let isAnswered = false;
    outgoing.once("close", () => {
      underWay.delete(outgoing);
      if (isAnswered) return;
      // What took a request without an answer may have forgotten the other connections as well: each would cost an attempt.
      endKeptConnections(agent);
      // Node ends a connection that is to become one of another protocol without an error.
      settle(networkFailure(undefined, endpoint));
    });
    outgoing.once("response", (incoming) => {
      isAnswered = true;
      answerOf(incoming, maxBytes, endpoint).then(
        (answer) => (signal.aborted ? reject(signal.reason) : settle(answer)),
        reject,
      );
    });
    // `on`: a connection may break more than once.
    outgoing.on("error", (error) => (signal.aborted ? reject(signal.reason) : settle(networkFailure(error, endpoint))));
    outgoing.end(body);
  });
}

function copied(headers: HttpRequest["headers"]): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

async function answerOf(
  incoming: IncomingMessage,
  maxBytes: number,
  endpoint: Endpoint,
): Promise<HttpAnswer | SourceFailure> {
  const status = incoming.statusCode ?? 0;
  const body = await readBody(incoming, maxBytes);
  if (body === "too-long") {
    const advice = `The answer is longer than ${maxBytes} bytes: if that is right, raise \`maxBytes\`.`;
    return { failure: "unsupported", advice, native: { status } };
  }
  if (body === "cut-off") {
    const advice = `The connection to ${shownServer(endpoint)} ended in the middle of an answer.`;
    return { failure: "unavailable", advice, native: { status } };
  }
  try {
    return { status, headers: headersOf(incoming), text: utf8.decode(body) };
  } catch {
    return { failure: "payload-corrupt", advice: "The answer is no text.", native: { status } };
  }
}

function headersOf({ headers }: IncomingMessage): HttpAnswer["headers"] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}
