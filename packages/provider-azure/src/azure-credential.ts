/** A token as a credential of `@azure/identity` gives it. */
export interface AzureToken {
  readonly token: string;
  /** Epoch ms. */
  readonly expiresOnTimestamp: number;
  /** Epoch ms from which it ought to be replaced. */
  readonly refreshAfterTimestamp?: number;
}

/** What the SDK asks a credential with. */
export interface AzureTokenOptions {
  readonly abortSignal?: AbortSignal;
  /** Of the vault, as its challenge says. */
  readonly tenantId?: string;
  /** Those that a token has to meet, as a challenge of continuous access evaluation says. */
  readonly claims?: string;
  readonly enableCae?: boolean;
}

/** Any credential of `@azure/identity`, or what gets tokens in its place. */
export interface AzureCredential {
  getToken(scopes: string | string[], options?: AzureTokenOptions): Promise<AzureToken | null>;
}
