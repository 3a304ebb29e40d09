/** What is looked at of an answer as a whole. */
export interface KeyVaultAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | undefined };
  /** Of JSON. */
  readonly parsedBody?: unknown;
}

export interface KeyVaultCallOptions {
  readonly abortSignal: AbortSignal;
  readonly onResponse: (answer: KeyVaultAnswer) => void;
}

/** A version's properties, those that are looked at. */
export interface KeyVaultProperties {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly contentType?: string | undefined;
  readonly createdOn?: Date | undefined;
  readonly updatedOn?: Date | undefined;
  readonly notBefore?: Date | undefined;
  readonly expiresOn?: Date | undefined;
  readonly managed?: boolean | undefined;
  readonly certificateKeyId?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface KeyVaultSecretAnswer {
  readonly name: string;
  readonly value?: string | undefined;
  readonly properties: KeyVaultProperties;
}

/** What is used of a `SecretClient` of `@azure/keyvault-secrets`. */
export interface KeyVaultMethods {
  readonly vaultUrl: string;
  getSecret(name: string, options: KeyVaultCallOptions & { version?: string }): Promise<KeyVaultSecretAnswer>;
  listPropertiesOfSecretVersions(
    name: string,
    options: KeyVaultCallOptions,
  ): { byPage(settings: { maxPageSize: number }): AsyncIterable<readonly KeyVaultProperties[]> };
  getDeletedSecret(name: string, options: KeyVaultCallOptions): Promise<object>;
}
