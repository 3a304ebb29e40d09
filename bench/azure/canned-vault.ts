import { setTimeout as pause } from "node:timers/promises";
import type { SecretClientOptions } from "@azure/keyvault-secrets";

type HttpClient = NonNullable<SecretClientOptions["httpClient"]>;
export interface Sent {
  /** It bore a token. */
  readonly isKnown: boolean;
}

type Request = Parameters<HttpClient["sendRequest"]>[0];

export const vaultUrl = "https://myapp.vault.azure.net";

export interface Canned {
  /** Characters of a value. */
  readonly valueLength?: number;
  /** Of every secret. */
  readonly versions?: number;
  /** What the service and the way to it take. */
  readonly answersInMs?: number;
}

const properties = (name: string, n: number) => ({
  id: `${vaultUrl}/secrets/${name}/${String(n).padStart(32, "0")}`,
  attributes: {
    enabled: true,
    created: 1_790_000_000 + n,
    updated: 1_790_000_000 + n,
    recoveryLevel: "Recoverable+Purgeable",
    recoverableDays: 90,
  },
});

/** The text of an answer: a value, or a list of versions. */
export function answerOf(path: string, { valueLength = 100, versions = 1 }: Canned): string {
  const [, , name = "", last = ""] = path.split("/");
  if (last !== "versions") return JSON.stringify({ value: "x".repeat(valueLength), ...properties(name, versions) });
  return JSON.stringify({ value: Array.from({ length: versions }, (_, n) => properties(name, n)), nextLink: null });
}

/** In the place of the network: Key Vault without TCP and TLS, so that what is measured is on this side of them. */
export function cannedVault(canned: Canned, sent: Sent[] = []): HttpClient {
  return {
    async sendRequest(request) {
      // Now: the SDK puts the token into this very request, and sends it again.
      const isKnown = request.headers.get("authorization") !== undefined;
      sent.push({ isKnown });
      const { answersInMs } = canned;
      if (answersInMs !== undefined) await pause(answersInMs);
      return isKnown
        ? {
            request,
            status: 200,
            headers: headersOf(request, json),
            bodyAsText: answerOf(new URL(request.url).pathname, canned),
          }
        : { request, status: 401, headers: headersOf(request, challenge), bodyAsText: "{}" };
    },
  };
}

const json = { "content-type": "application/json", "x-ms-request-id": "5f642215-959a-11e8-bfd1-81a81941d54a" };
const challenge = {
  "www-authenticate": 'Bearer authorization="https://login.microsoftonline.com/t", resource="https://vault.azure.net"',
};

/** Of the class that the SDK has, which its own request brings along. */
function headersOf({ headers }: Request, values: Readonly<Record<string, string>>): Request["headers"] {
  const own = new (headers.constructor as new () => Request["headers"])();
  for (const [name, value] of Object.entries(values)) own.set(name, value);
  return own;
}
