import type { SecretSource, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { OnFirstCall } from "@secretsource/core/source-kit";
import { awsDefaults } from "./defaults.ts";
import type { SecretsManagerCalls } from "./secrets-manager-calls.ts";
import {
  type SecretsManagerOptions,
  type SecretsManagerSettings,
  secretsManagerSettings,
} from "./secrets-manager-options.ts";
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
  const onCall = new OnFirstCall(() => callsOf(settings));
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits,
    read: (ref, context) => onCall.make(context.signal, (calls) => calls.read(ref, context)),
    // A batch has no dates.
    ...(!settings.rotationDates && {
      batch: {
        limit: awsDefaults.secretsAtOnce,
        read: (refs, context) => onCall.make(context.signal, (calls) => calls.readBatch(refs, context)),
      },
    }),
    probe: (ref, context) => onCall.make(context.signal, (calls) => calls.probe(ref, context)),
    load: () => onCall.load(),
    classify: (error) => onCall.loaded?.classify(error),
    close: () => onCall.close(),
  });
}

async function callsOf({ client, aws, rotationDates }: SecretsManagerSettings): Promise<SecretsManagerCalls> {
  if (client === undefined) return (await import("./secrets-manager-sdk.ts")).ownSecretsManager(aws, rotationDates);
  // It brings its own SDK.
  return (await import("./secrets-manager-calls.ts")).givenSecretsManager(client, rotationDates);
}
