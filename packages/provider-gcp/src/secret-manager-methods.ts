/** Goes with every call. */
export interface SecretManagerCallOptions {
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly timeout: number;
  /** The SDK's own retries are off: the core has the one loop. */
  readonly retry: null;
  readonly autoPaginate: false;
}

/** Seconds and nanoseconds since the epoch; the SDK gives large numbers as text, or as objects that print as numbers. */
export interface Timestamp {
  readonly seconds?: unknown;
  readonly nanos?: number | null | undefined;
}

export interface AccessedVersion {
  readonly name?: string | null | undefined;
  readonly payload?:
    | { readonly data?: Uint8Array | string | null | undefined; readonly dataCrc32c?: unknown }
    | null
    | undefined;
}

export interface SecretVersionFacts {
  readonly name?: string | null | undefined;
  /** `"ENABLED"`, `"DISABLED"`, `"DESTROYED"`, or 1, 2, 3. */
  readonly state?: unknown;
  readonly createTime?: Timestamp | null | undefined;
  readonly scheduledDestroyTime?: Timestamp | null | undefined;
}

export interface SecretFacts {
  readonly name?: string | null | undefined;
  readonly createTime?: Timestamp | null | undefined;
  readonly expireTime?: Timestamp | null | undefined;
  readonly labels?: Readonly<Record<string, string>> | null | undefined;
  readonly annotations?: Readonly<Record<string, string>> | null | undefined;
  readonly rotation?: { readonly nextRotationTime?: Timestamp | null | undefined } | null | undefined;
  readonly versionDestroyTtl?: Timestamp | null | undefined;
}

export interface VersionsPage {
  readonly nextPageToken?: string | null | undefined;
}

export interface ListVersionsRequest {
  readonly parent: string;
  readonly pageSize: number;
  readonly pageToken?: string;
  readonly filter?: string;
}

/** What we use of the SDK's `SecretManagerServiceClient`. */
export interface SecretManagerMethods {
  accessSecretVersion(
    request: { readonly name: string },
    options: SecretManagerCallOptions,
  ): Promise<readonly [AccessedVersion, ...unknown[]]>;
  getSecretVersion(
    request: { readonly name: string },
    options: SecretManagerCallOptions,
  ): Promise<readonly [SecretVersionFacts, ...unknown[]]>;
  listSecretVersions(
    request: ListVersionsRequest,
    options: SecretManagerCallOptions,
  ): Promise<readonly [readonly SecretVersionFacts[], unknown, VersionsPage | null | undefined, ...unknown[]]>;
  getSecret(
    request: { readonly name: string },
    options: SecretManagerCallOptions,
  ): Promise<readonly [SecretFacts, ...unknown[]]>;
  /** Where it is there, it is awaited before the first call: without that, a failure of it ends the process. */
  initialize?(): Promise<unknown>;
}
