import { readOptions } from "@secretsource/core/source-kit";
import { type AwsOptions, awsOptionNames } from "./aws-options.ts";
import { type ClientSettings, checkedFlag, clientSettings } from "./client-settings.ts";
import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";

export interface SecretsManagerOptions extends AwsOptions {
  /**
   * A client of your own in place of ours: `new SecretsManager({ ... })` of `@aws-sdk/client-secrets-manager`, or
   * anything with the methods. It is never closed by us, is asked about every region, and retries as you made it: say
   * `maxAttempts: 1`, since the retries are already done. No option of the SDK goes with it.
   */
  readonly client?: SecretsManagerMethods | undefined;
  /**
   * True: records tell when the secret was rotated last and will be next (metadata `lastRotated`, `nextRotation`, ISO 8601),
   * and a value is replaced when the announced rotation is due. Each read then makes two requests, secrets are not read in
   * batches, and `secretsmanager:DescribeSecret` is needed. Default: false; live secrets learn of the next rotation anyway.
   */
  readonly rotationDates?: boolean | undefined;
}

export type SecretsManagerSettings = { readonly rotationDates: boolean } & ClientSettings<SecretsManagerMethods>;

const factory = "awsSecretsManager";

/** @throws SecretsError `invalid-options` */
export function secretsManagerSettings(options: unknown): SecretsManagerSettings {
  const known = [...awsOptionNames, "client", "rotationDates"] as const;
  const { rotationDates, ...others } = readOptions(options, known, `The options of ${factory}`);
  return {
    rotationDates: checkedFlag(rotationDates, "rotationDates", factory),
    ...clientSettings<SecretsManagerMethods>(others, {
      factory,
      clientClass: "SecretsManager",
      sdk: "@aws-sdk/client-secrets-manager",
      methods: ["getSecretValue", "batchGetSecretValue", "describeSecret"],
    }),
  };
}
