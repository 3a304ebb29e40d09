interface Answer {
  readonly $metadata?: { readonly requestId?: string | undefined } | undefined;
}

export interface CallOptions {
  readonly abortSignal: AbortSignal;
}

export interface SecretValue {
  readonly ARN?: string | undefined;
  readonly Name?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly VersionStages?: readonly string[] | undefined;
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
  readonly CreatedDate?: Date | undefined;
}

/** The selector of one version: the id, or the stage. */
export interface GetSecretValueInput {
  readonly SecretId: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
}

/** What we use of the SDK's `SecretsManager`. Its methods send commands of its own version, whichever that is. */
export interface SecretsManagerMethods {
  getSecretValue(input: GetSecretValueInput, options: CallOptions): Promise<SecretValue & Answer>;
}
