import { untilAborted } from "@secretsource/core/source-kit";
import { CredentialsError, RestAnswer } from "./rest-answer.ts";
import type { TokenGiver } from "./token-giver.ts";

export interface RestRequest {
  readonly headers: Headers;
  readonly signal?: AbortSignal | null;
  readonly [option: string]: unknown;
}

/** Sends one request, whatever the status of its answer; follows no redirect, and takes no more than the most bytes. */
export type SendRest = (url: string, request: RestRequest) => Promise<Response>;

/**
 * What the SDK's REST transport takes for its credentials, and sends its requests by. It puts the token in, and lets
 * through answers in the service's form alone: of others the SDK makes errors that quote them.
 */
export function restAuth(tokens: TokenGiver, send: SendRest) {
  async function headersFor(url: string): Promise<Headers> {
    try {
      return await tokens.headers(url);
    } catch (error) {
      throw new CredentialsError(error);
    }
  }
  return {
    getRequestHeaders: headersFor,
    async fetch(url: string, request: RestRequest): Promise<Response> {
      const headers = new Headers(request.headers);
      const given = request.signal ? await untilAborted(request.signal, () => headersFor(url)) : await headersFor(url);
      for (const [name, value] of given) headers.set(name, value);
      const answer = await send(url, { ...request, headers });
      const body = await answer.arrayBuffer();
      const text = Buffer.from(body).toString("utf8");
      if (!answer.ok || !isObject(text)) throw new RestAnswer(answer.status, text, answer.headers);
      return new Response(body, { status: answer.status });
    },
  };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
