import type { SourceFailure } from "@secretsource/core/source";
import type { HttpAnswer, HttpRequest } from "./http-message.ts";

/** Carries a request; what it throws is what the signal was aborted with. */
export type Send = (request: HttpRequest) => Promise<HttpAnswer | SourceFailure>;

export interface ClientRequest {
  readonly method: string;
  /** Below `/v1`, with the slash; encoded already. */
  readonly path: string;
  readonly headers: HttpRequest["headers"];
  readonly json?: object;
  readonly signal: AbortSignal;
}

/** The method of node-vault that is used. What it resolves to is what the transport gave. */
export type NodeVaultClient = (request: ClientRequest) => Promise<HttpAnswer | SourceFailure>;

type NodeVaultSdk = typeof import("./node-vault-sdk.ts");

interface NativeRequest extends ClientRequest {
  readonly uri: string;
}

// Never asked for by name: the transport knows where its server is.
const placeholder = "http://vault.invalid";

/**
 * node-vault around a transport of ours, by its own injection point. Its transport would ignore the signal, follow
 * redirects with the token, put the token into its errors, and lose the headers of answers.
 */
export function nodeVaultClient({ makeNodeVault }: NodeVaultSdk, send: Send): NodeVaultClient {
  const client = makeNodeVault({
    endpoint: placeholder,
    // It prints what is written and every login, if the environment says so.
    debug: () => {},
    "request-promise": {
      defaults: () => async (request: NativeRequest) => ({
        // Whatever the answer was: by any other status node-vault makes an error that has lost the headers.
        statusCode: 200,
        body: await send(carried(request)),
        request: { path: "" },
      }),
    },
  });
  // It takes these from the environment. Each request says itself what it bears.
  Object.assign(client, { token: "", namespace: "", pathPrefix: "" });
  return async (request) =>
    client.request({ ...request, headers: { ...request.headers } }) as Promise<HttpAnswer | SourceFailure>;
}

function carried({ uri, method, headers, json, signal }: NativeRequest): HttpRequest {
  const path = uri.slice(placeholder.length);
  return { path, method, headers, signal, ...(json !== undefined && { body: JSON.stringify(json) }) };
}
