import type { GcpAuthClient } from "./auth-client.ts";
import { noTokenInTime } from "./credentials-failures.ts";
import { gcpDefaults } from "./defaults.ts";
import { CredentialsError } from "./rest-answer.ts";
import { withTimeLimit } from "./with-time-limit.ts";

/** What a client has whose tokens can be given up before their time: most of `google-auth-library`. */
interface Renewable {
  readonly credentials: { readonly refresh_token?: unknown };
  setCredentials(credentials: object): void;
}

/** Gives the headers of a request, with their token, in time or not at all; and another token for one that was refused. */
export class TokenGiver {
  readonly #client: () => Promise<GcpAuthClient>;
  #url: string | undefined;
  #given: string | null = null;
  #generation = 0;
  #renewal: Promise<boolean> | undefined;
  #renewedAtMs = Number.NEGATIVE_INFINITY;

  constructor(client: () => Promise<GcpAuthClient>) {
    this.#client = client;
  }

  /** Goes up with every token that took the place of a refused one. */
  get generation(): number {
    return this.#generation;
  }

  /** Rejects as the credentials do, always with an error, and where they are too slow. */
  async headers(url: string | undefined): Promise<Headers> {
    const giving = this.#client()
      .then(async (client) => headersIn(await client.getRequestHeaders(url)))
      .catch((reason: unknown) => {
        throw reason instanceof Error ? reason : new Error("The credentials failed without an error.");
      });
    const headers = await withTimeLimit(giving, gcpDefaults.tokenMs, undefined);
    if (headers === undefined) throw new Error(noTokenInTime);
    this.#url = url;
    this.#given = headers.get("authorization");
    return headers;
  }

  /**
   * Whether there is another token than the refused one of that generation; calls that are refused together share it.
   * Rejects where the credentials give none any more.
   */
  async renewed(generation: number): Promise<boolean> {
    if (generation !== this.#generation) return true;
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew(): Promise<boolean> {
    // Where new tokens are refused too, each call would ask for another.
    if (performance.now() - this.#renewedAtMs < gcpDefaults.renewalGapMs) return false;
    const client = await this.#client();
    if (!isRenewable(client)) return false;
    this.#renewedAtMs = performance.now();
    const before = this.#given;
    client.setCredentials({ ...client.credentials, expiry_date: 1 });
    try {
      await this.headers(this.#url);
    } catch (error) {
      throw new Error("No new token.", { cause: new CredentialsError(error) });
    }
    // A metadata server has one token for everybody, and a key may sign the same one again.
    if (this.#given === before) return false;
    this.#generation += 1;
    return true;
  }
}

/**
 * Whatever an auth client gives; older ones of `google-auth-library` give plain objects. What is no header ends the process
 * where gRPC finds it out, and its value would be printed.
 */
function headersIn(given: unknown): Headers {
  const headers = new Headers(given as Headers);
  for (const [, value] of headers) if (!/^[ -~]*$/.test(value)) throw new Error("The token is none.");
  return headers;
}

function isRenewable(client: object): client is Renewable {
  const { credentials, setCredentials, refreshHandler, retrieveSubjectToken } = client as Partial<Renewable> & {
    readonly refreshHandler?: unknown;
    readonly retrieveSubjectToken?: unknown;
  };
  if (typeof credentials !== "object" || credentials === null || typeof setCredentials !== "function") return false;
  // One that was given a token alone has no other, and its own may be good again.
  return Boolean(credentials.refresh_token) || Boolean(refreshHandler) || typeof retrieveSubjectToken === "function";
}
