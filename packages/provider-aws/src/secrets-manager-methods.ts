import type { Answered, CallOptions } from "./aws-call.ts";

export interface SecretValue {
  readonly ARN?: string | undefined;
  readonly Name?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly VersionStages?: readonly string[] | undefined;
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
  readonly CreatedDate?: Date | undefined;
}

export interface SecretValues {
  readonly SecretValues?: readonly SecretValue[] | undefined;
  readonly Errors?: readonly SecretError[] | undefined;
}

/** Why one secret of a batch was not answered. */
export interface SecretError {
  readonly SecretId?: string | undefined;
  readonly ErrorCode?: string | undefined;
  readonly Message?: string | undefined;
}

export interface SecretDescription {
  readonly ARN?: string | undefined;
  readonly Name?: string | undefined;
  readonly RotationEnabled?: boolean | undefined;
  readonly LastRotatedDate?: Date | undefined;
  readonly NextRotationDate?: Date | undefined;
  readonly DeletedDate?: Date | undefined;
  readonly VersionIdsToStages?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** What we use of the SDK's `SecretsManager`. Its methods send commands of its own version, whichever that is. */
export interface SecretsManagerMethods {
  getSecretValue(
    input: { SecretId: string; VersionId?: string; VersionStage?: string },
    options: CallOptions,
  ): Promise<SecretValue & Answered>;
  batchGetSecretValue(input: { SecretIdList: string[] }, options: CallOptions): Promise<SecretValues & Answered>;
  describeSecret(input: { SecretId: string }, options: CallOptions): Promise<SecretDescription & Answered>;
}
