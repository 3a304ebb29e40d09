import type { AzureToken } from "./azure-credential.ts";
import { azureDefaults } from "./defaults.ts";
import { isRecent } from "./is-recent.ts";

interface FailedLogin {
  readonly of: string;
  readonly error: unknown;
  /** The authority's own, which asking it again does not change; and not a network's. */
  readonly isRefusal: boolean;
  readonly atMs: number;
}

/** What logins have led to: the tokens by what they are for, and the failure that came last. */
export class LoginResults {
  readonly #tokens = new Map<string, AzureToken>();
  #failed: FailedLogin | undefined;

  loggedIn(key: string, token: AzureToken): void {
    this.#tokens.set(key, token);
    this.#failed = undefined;
  }

  failed(of: string, error: unknown, isRefusal: boolean): void {
    this.#failed = { of, error, isRefusal, atMs: Date.now() };
  }

  /** The last token, where it still holds. */
  held(key: string): AzureToken | undefined {
    const token = this.#tokens.get(key);
    return token !== undefined && token.expiresOnTimestamp > Date.now() ? token : undefined;
  }

  /** Each read that needs a token would log in otherwise: two hundred secrets with a client secret that has expired, say. */
  failedLately(of: string): FailedLogin | undefined {
    const failed = this.#failed?.of === of ? this.#failed : undefined;
    return failed !== undefined && isRecent(failed.atMs, azureDefaults.loginSpacingMs) ? failed : undefined;
  }
}
