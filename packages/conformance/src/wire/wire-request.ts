import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { clientNameOf } from "./endpoint.ts";

/** One request, as it arrived. */
export interface WireRequest {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly url: string;
  /** The path alone, as it was sent: escapes are still there. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case names. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body as text. */
  readonly text: string;
  /** All of it in one text, with the headers as they were sent: where nothing may be, search here. */
  readonly everything: string;
  /** The common name of the client's certificate, where the server asked for one and trusts it. */
  readonly clientName: string | undefined;
  /** When its body had arrived: ms of `performance.now()`. */
  readonly atMs: number;
  /** How it ended: the whole answer went out, or the connection was gone before that. Pending until then. */
  readonly end: Promise<"answered" | "cut">;
}

/** Undefined where the client goes away before its request is complete. */
export async function readRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<WireRequest | undefined> {
  const end = new Promise<"answered" | "cut">((resolve) => {
    response.once("close", () => resolve(response.writableFinished ? "answered" : "cut"));
  });
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  const { method = "", url = "", headers, rawHeaders } = incoming;
  const [path = "", query = ""] = splitAt(url, url.indexOf("?"));
  const body = Buffer.concat(chunks);
  const text = body.toString("utf8");
  const head = rawHeaders.map((part, index) => (index % 2 === 0 ? `\n${part}: ` : part)).join("");
  return {
    method,
    url,
    path,
    query: new URLSearchParams(query),
    headers,
    body,
    text,
    everything: `${method} ${url}${head}\n\n${text}`,
    clientName: clientNameOf(incoming),
    atMs: performance.now(),
    end,
  };
}

function splitAt(text: string, index: number): string[] {
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index)];
}
