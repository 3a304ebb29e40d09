import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

export interface WireAnswer {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
}

/** An answer with a JSON body. */
export function jsonAnswer(value: unknown, { status = 200, headers = {} }: Omit<WireAnswer, "body"> = {}): WireAnswer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

export function bodyOf({ body = "" }: WireAnswer): Buffer {
  return Buffer.from(body as Uint8Array);
}

/** Sends the head, with the length of the whole body. */
export function writeHead(response: ServerResponse, answer: WireAnswer): void {
  const { status = 200, headers = {} } = answer;
  const length = bodyOf(answer).byteLength;
  // An answer to HEAD says the length of a body that does not come.
  const own = Object.keys(headers).some((name) => name.toLowerCase() === "content-length");
  const bodiless = status === 204 || status === 304;
  response.writeHead(status, own || bodiless ? headers : { ...headers, "content-length": length });
}

export function writeAnswer(response: ServerResponse, answer: WireAnswer): void {
  writeHead(response, answer);
  response.end(bodyOf(answer));
}
