import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import { type AwsOptions, awsOptionNames, checkedAwsOptions } from "./aws-options.ts";
import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";

export interface SecretsManagerOptions extends AwsOptions {
  /**
   * A client of your own in place of ours: `new SecretsManager({ ... })` of `@aws-sdk/client-secrets-manager`, or
   * anything with the methods. It is never closed by us, is asked about every region, and retries as you made it: say
   * `maxAttempts: 1`, since the retries are already done. No option of the SDK goes with it.
   */
  readonly client?: SecretsManagerMethods | undefined;
  /**
   * True: records tell when the secret was rotated last and will be next (metadata `lastRotated`, `nextRotation`, ISO 8601), and a
   * value is replaced when the announced rotation is due. Each read then makes two requests, secrets are not read in
   * batches, and `secretsmanager:DescribeSecret` is needed. Default: false; live secrets learn of the next rotation anyway.
   */
  readonly rotationDates?: boolean | undefined;
}

export type SecretsManagerSettings = { readonly rotationDates: boolean } & (
  | { readonly client: SecretsManagerMethods; readonly aws?: undefined }
  | { readonly client?: undefined; readonly aws: AwsOptions }
);

const factory = "awsSecretsManager";
const methods = [
  "getSecretValue",
  "batchGetSecretValue",
  "describeSecret",
] as const satisfies readonly (keyof SecretsManagerMethods)[];

/** @throws SecretsError `invalid-options` */
export function secretsManagerSettings(options: unknown): SecretsManagerSettings {
  const {
    client,
    rotationDates = false,
    ...others
  } = readOptions(options, [...awsOptionNames, "client", "rotationDates"], `The options of ${factory}`);
  if (typeof rotationDates !== "boolean")
    return invalidOptions(`\`rotationDates\` of ${factory} must be true or false.`);
  if (client === undefined) return { rotationDates, aws: checkedAwsOptions(others, factory) };
  const besides = Object.keys(others).find((name) => others[name as keyof typeof others] !== undefined);
  if (besides !== undefined)
    return invalidOptions(`\`${besides}\` of ${factory} does not go with \`client\`, which has its own.`);
  if (typeof client !== "object" || client === null || !methods.every((name) => name in client)) {
    return invalidOptions(
      `\`client\` of ${factory} must be a \`SecretsManager\` of @aws-sdk/client-secrets-manager: a \`SecretsManagerClient\` has no methods.`,
    );
  }
  return { rotationDates, client: client as SecretsManagerMethods };
}
