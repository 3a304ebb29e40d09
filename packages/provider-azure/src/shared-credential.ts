import { untilAborted } from "@secretsource/core/source-kit";
import type { AzureCredential, AzureToken, AzureTokenOptions } from "./azure-credential.ts";
import { azureFailure } from "./azure-failures.ts";
import { identityNames } from "./identity-names.ts";
import { LoginResults } from "./login-results.ts";

interface Flight {
  readonly token: Promise<AzureToken>;
  readonly controller: AbortController;
  waiting: number;
}

/**
 * One credential for all who need a token now. The SDK shares a request for a token between calls of one signal alone, and
 * each read has its own: without this, reads at the start would each log in. A login that nobody waits for any more is
 * aborted.
 */
export class SharedCredential implements AzureCredential {
  readonly #load: () => Promise<AzureCredential>;
  readonly #scope: string | undefined;
  readonly #flights = new Map<string, Flight>();
  readonly #results = new LoginResults();
  #credential: Promise<AzureCredential> | undefined;

  /** @param scope The only one that tokens are asked for. Undefined: whatever the SDK has checked. */
  constructor(load: () => Promise<AzureCredential>, scope: string | undefined) {
    this.#load = load;
    this.#scope = scope;
  }

  async getToken(scopes: string | string[], options: AzureTokenOptions = {}): Promise<AzureToken> {
    // The SDK compares the end of a host name alone: `https://net` would do.
    if (this.#scope !== undefined && String(scopes) !== this.#scope) throw named("ForeignChallenge");
    const key = JSON.stringify([scopes, options.tenantId]);
    const flightKey = JSON.stringify([key, options.claims]);
    const held = () => (options.claims === undefined ? this.#results.held(key) : undefined);
    const failed = this.#results.failedLately(flightKey);
    if (failed !== undefined) {
      const token = held();
      if (token !== undefined) return token;
      if (failed.isRefusal) throw failed.error;
    }
    const flight = this.#flights.get(flightKey) ?? this.#start(key, flightKey, scopes, options);
    flight.waiting += 1;
    try {
      const { abortSignal = new AbortController().signal } = options;
      return await untilAborted(abortSignal, () => flight.token);
    } catch (error) {
      // One that still holds is good enough, after an abort as well: a refresh behind that hears of a failure asks anew every
      // 3 s until the token's end, for the vendor's SDK does not look at the signal, and its timer outlives all of us.
      const token = held();
      if (token !== undefined) return token;
      throw error;
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) this.#end(flightKey, flight);
    }
  }

  /** Ends what is under way. The credential itself is its owner's. */
  close(): void {
    for (const [key, flight] of this.#flights) this.#end(key, flight);
  }

  #start(key: string, flightKey: string, scopes: string | string[], options: AzureTokenOptions): Flight {
    const controller = new AbortController();
    const token = this.#ask(key, flightKey, scopes, { ...options, abortSignal: controller.signal });
    // Who waits for it hears of it; nobody may.
    token.catch(() => {});
    const flight: Flight = { token, controller, waiting: 0 };
    this.#flights.set(flightKey, flight);
    return flight;
  }

  #end(flightKey: string, flight: Flight): void {
    flight.controller.abort();
    if (this.#flights.get(flightKey) === flight) this.#flights.delete(flightKey);
  }

  async #ask(
    key: string,
    flightKey: string,
    scopes: string | string[],
    options: AzureTokenOptions,
  ): Promise<AzureToken> {
    try {
      const token: unknown = await tokenOf(await this.#loaded(), scopes, options);
      if (!isToken(token)) throw named("NoToken");
      this.#results.loggedIn(key, token);
      return token;
    } catch (error) {
      const isRefusal = azureFailure(error, { permission: "get" })?.failure === "unauthenticated";
      if (!options.abortSignal?.aborted) this.#results.failed(flightKey, error, isRefusal);
      throw error;
    }
  }

  async #loaded(): Promise<AzureCredential> {
    this.#credential ??= this.#load();
    try {
      return await this.#credential;
    } catch (error) {
      this.#credential = undefined;
      throw error;
    }
  }
}

async function tokenOf(credential: AzureCredential, scopes: string | string[], options: AzureTokenOptions) {
  try {
    return await credential.getToken(scopes, options);
  } catch (error) {
    const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
    if (options.abortSignal?.aborted || (typeof name === "string" && identityNames.has(name))) throw error;
    // Of a file that it reads, say. It is the credential's, and not the vault's, whose names and codes may be the same.
    throw Object.assign(named("CredentialFailed"), { code });
  }
}

/** Of a credential of one's own, it may be anything. What no header can have would be sent mended, or would throw there. */
function isToken(given: unknown): given is AzureToken {
  const { token, expiresOnTimestamp } = (given ?? {}) as Partial<AzureToken>;
  return typeof token === "string" && /^[\x21-\x7e]+$/.test(token) && Number.isFinite(expiresOnTimestamp);
}

function named(name: string): Error {
  return Object.assign(new Error("There is no token"), { name });
}
