import type { AzureCredential, AzureToken, AzureTokenOptions } from "./azure-credential.ts";
import { azureDefaults } from "./defaults.ts";
import { isRecent } from "./is-recent.ts";

interface Replacement {
  readonly key: string;
  readonly token: AzureToken;
  readonly atMs: number;
}

// Asks for what every token has. But with claims the vendor's credentials do not answer from their caches.
const anyClaims = JSON.stringify({ access_token: {} });

/**
 * The credential as one vault sees it. A token that the vault has refused is over, whatever it says of itself, and is replaced
 * before the SDK answers the vault's challenge. A vault that refuses the next one as well gets that one again for a while:
 * it may come to accept it, and the authority is left in peace. So does one that makes the same claims challenge of it.
 */
export class VaultCredential implements AzureCredential {
  readonly #shared: AzureCredential;
  #refused: string | undefined;
  #replacement: Replacement | undefined;
  /** The last one that met claims. */
  #claimed: Replacement | undefined;

  constructor(shared: AzureCredential) {
    this.#shared = shared;
  }

  refuse(token: string): void {
    this.#refused = token;
  }

  async getToken(scopes: string | string[], options: AzureTokenOptions = {}): Promise<AzureToken | null> {
    const key = JSON.stringify([scopes, options.tenantId, options.claims]);
    if (options.claims !== undefined) return this.#given(await this.#meetingClaims(key, scopes, options));
    if (this.#refused === undefined) return this.#given(await this.#shared.getToken(scopes, options));
    const held = this.#replacement;
    if (held?.key === key && holds(held)) return this.#given(held.token);
    const token = await this.#another(scopes, options);
    if (token !== null) this.#replacement = { key, token, atMs: Date.now() };
    return this.#given(token);
  }

  async #meetingClaims(key: string, scopes: string | string[], options: AzureTokenOptions): Promise<AzureToken | null> {
    const held = this.#claimed;
    if (held?.key === key && holds(held)) return held.token;
    const token = await this.#shared.getToken(scopes, options);
    if (token !== null) this.#claimed = { key, token, atMs: Date.now() };
    return token;
  }

  async #another(scopes: string | string[], options: AzureTokenOptions): Promise<AzureToken | null> {
    const token = await this.#shared.getToken(scopes, options);
    if (token?.token !== this.#refused) return token;
    try {
      return await this.#shared.getToken(scopes, { ...options, claims: anyClaims });
    } catch {
      // There is no other: the vault says once more what it thinks of this one.
      return token;
    }
  }

  /** The SDK keeps a token until its end, and looks for that at each request. */
  #given(token: AzureToken | null): AzureToken | null {
    if (token === null) return null;
    const isRefused = () => token.token === this.#refused;
    return {
      ...token,
      get expiresOnTimestamp() {
        return isRefused() ? 0 : token.expiresOnTimestamp;
      },
    };
  }
}

function holds({ token, atMs }: Replacement): boolean {
  return isRecent(atMs, azureDefaults.tokenSpacingMs) && token.expiresOnTimestamp > Date.now();
}
