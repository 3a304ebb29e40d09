import { once } from "node:events";
import { type IncomingMessage, type OutgoingHttpHeaders, request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { isIP } from "node:net";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { Responder } from "./responder.ts";
import type { WireRequest } from "./wire-request.ts";

// What concerns one connection alone, and not what is carried over it.
const ofTheConnection = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding", "te", "upgrade"]);

/** Lets a server elsewhere answer. Where it cannot be reached, or breaks off, so does the answer. */
export function forwarder(to: string, ca: string | Buffer | undefined): Responder {
  const { hostname, port, protocol } = new URL(to);
  const isSecure = protocol === "https:";
  const secrecy = isSecure
    ? { ca, rejectUnauthorized: ca !== undefined, ...(!isIP(hostname) && { servername: hostname }) }
    : {};

  async function send({ method, url, headers, body }: WireRequest, signal?: AbortSignal): Promise<IncomingMessage> {
    // A connection of its own: one that was kept and that the server has just given up would be a fault of ours.
    const outgoing = (isSecure ? secureRequest : plainRequest)({
      host: hostname,
      port: port === "" ? (isSecure ? 443 : 80) : Number(port),
      path: url,
      method,
      headers: { ...withoutConnection(headers), "content-length": body.byteLength },
      agent: false,
      setHost: false,
      ...(signal && { signal }),
      ...secrecy,
    });
    outgoing.end(body);
    const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
    outgoing.on("error", () => {});
    return incoming;
  }

  return {
    async answer(request) {
      try {
        const incoming = await send(request);
        const headers = withoutConnection(incoming.headersDistinct);
        return { status: incoming.statusCode ?? 502, headers, body: await buffer(incoming) };
      } catch {
        return "reset";
      }
    },
    async respond(request, response) {
      const gone = new AbortController();
      response.once("close", () => gone.abort());
      try {
        const incoming = await send(request, gone.signal);
        response.writeHead(incoming.statusCode ?? 502, withoutConnection(incoming.headersDistinct));
        response.flushHeaders();
        await pipeline(incoming, response);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function withoutConnection(headers: Readonly<Record<string, string | string[] | undefined>>): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheConnection.has(name)));
}
