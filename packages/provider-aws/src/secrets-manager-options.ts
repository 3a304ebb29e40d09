import { type AwsOptions, awsOptionNames, checkedAwsOptions } from "./aws-options.ts";
import { invalidOptions } from "./invalid-options.ts";
import { optionsOf } from "./options-of.ts";
import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";

export interface SecretsManagerOptions extends AwsOptions {
  /**
   * A client of your own in place of ours: `new SecretsManager({ ... })` of `@aws-sdk/client-secrets-manager`, or
   * anything with the methods. It is never closed by us, is asked about every region, and retries as you made it: say
   * `maxAttempts: 1`, since the retries are already done. No other option goes with it.
   */
  readonly client?: SecretsManagerMethods | undefined;
}

export type SecretsManagerSettings =
  | { readonly client: SecretsManagerMethods; readonly aws?: undefined }
  | { readonly client?: undefined; readonly aws: AwsOptions };

const factory = "awsSecretsManager";
const methods = ["getSecretValue"] as const satisfies readonly (keyof SecretsManagerMethods)[];

/** @throws SecretsError `invalid-options` */
export function secretsManagerSettings(options: unknown): SecretsManagerSettings {
  const given = optionsOf(options, [...awsOptionNames, "client"], factory);
  const { client, ...others } = given;
  if (client === undefined) return { aws: checkedAwsOptions(others, factory) };
  const besides = Object.keys(others).find((name) => others[name as keyof typeof others] !== undefined);
  if (besides !== undefined)
    return invalidOptions(`\`${besides}\` of ${factory} does not go with \`client\`, which has its own.`);
  if (typeof client !== "object" || client === null || !methods.every((name) => name in client)) {
    return invalidOptions(
      `\`client\` of ${factory} must be a \`SecretsManager\` of @aws-sdk/client-secrets-manager: a \`SecretsManagerClient\` has no methods.`,
    );
  }
  return { client: client as SecretsManagerMethods };
}
