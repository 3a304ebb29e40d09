import type { SecretSource, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { awsFailure } from "./aws-failures.ts";
import { awsDefaults } from "./defaults.ts";
import { probeSecret } from "./probe-secret.ts";
import { readSecretValue } from "./read-secret-value.ts";
import { readSecretValues } from "./read-secret-values.ts";
import { readWithRotation } from "./read-with-rotation.ts";
import { secretsManagerClients } from "./secrets-manager-clients.ts";
import { type SecretsManagerOptions, secretsManagerSettings } from "./secrets-manager-options.ts";
import { uriAwsOptions } from "./uri-aws-options.ts";

const kind = "aws-secrets-manager";

const traits: SourceTraits = Object.freeze({
  stages: Object.freeze(["current", "previous", "pending"] as const),
  versionIds: true,
  labels: true,
  binary: true,
  mints: false,
});

export interface AwsSecretsManager extends SourceScheme {
  /**
   * Secrets of AWS Secrets Manager, by name or ARN; an ARN's region is the one that is asked. Stages are AWSCURRENT,
   * AWSPREVIOUS and AWSPENDING, labels are staging labels of your own. The SDK is loaded by the first read.
   *
   * @throws SecretsError `invalid-options`
   */
  (options?: SecretsManagerOptions): SecretSource;
  readonly scheme: "aws-secrets-manager";
  /**
   * `aws-secrets-manager:` or `aws-secrets-manager:?region=eu-west-1`; also `endpoint`, `profile`, `useFipsEndpoint`,
   * `useDualstackEndpoint`.
   */
  fromUri(text: string): SecretSource;
}

export const awsSecretsManager: AwsSecretsManager = /* @__PURE__ */ Object.assign(sourceOf, {
  scheme: kind,
  fromUri: (text: string) => sourceOf(uriAwsOptions(text, kind)),
} as const);

function sourceOf(options?: SecretsManagerOptions): SecretSource {
  const settings = secretsManagerSettings(options);
  const clients = secretsManagerClients(settings);
  const { clearText } = clients;
  const read = settings.rotationDates ? readWithRotation : readSecretValue;
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits,
    read: async (ref, { signal }) => clearText.told(await read(clients, ref, signal)),
    // A batch has no dates.
    ...(!settings.rotationDates && {
      batch: {
        limit: awsDefaults.secretsAtOnce,
        read: async (refs, { signal }) => clearText.toldOf(await readSecretValues(clients, refs, signal)),
      },
    }),
    probe: (ref, { signal }) => probeSecret(clients, ref, signal),
    classify: (error) => awsFailure(error),
    close: () => clients.close(),
  });
}
