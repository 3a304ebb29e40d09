import type { SecretRecord, SecretSource, SourceFailure, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { checkedRequestId } from "./aws-error.ts";
import { awsFailure } from "./aws-failures.ts";
import { RegionClients } from "./region-clients.ts";
import { secretIdOf } from "./secret-id.ts";
import type { SecretsManagerMethods } from "./secrets-manager-methods.ts";
import {
  type SecretsManagerOptions,
  type SecretsManagerSettings,
  secretsManagerSettings,
} from "./secrets-manager-options.ts";
import { toSecretRecord } from "./to-secret-record.ts";
import { untilAborted } from "./until-aborted.ts";
import { uriAwsOptions } from "./uri-aws-options.ts";
import { arrivedAlready, versionInput } from "./version-selector.ts";

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
  /** `aws-secrets-manager:` or `aws-secrets-manager:?region=eu-west-1`; also `endpoint`, `profile`, `useFipsEndpoint`, `useDualstackEndpoint`. */
  fromUri(text: string): SecretSource;
}

export const awsSecretsManager: AwsSecretsManager = /* @__PURE__ */ Object.assign(
  (options?: SecretsManagerOptions) => sourceOf(secretsManagerSettings(options)),
  {
    scheme: kind,
    fromUri: (text: string) => sourceOf(secretsManagerSettings(uriAwsOptions(text, kind))),
  } as const,
);

function sourceOf(settings: SecretsManagerSettings): SecretSource {
  const { clientOf, close } = clientsOf(settings);
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits,
    async read({ name, version }, { signal }): Promise<SecretRecord | SourceFailure> {
      const id = secretIdOf(name);
      if ("failure" in id) return id;
      const selector = versionInput(version);
      if ("failure" in selector) return selector;
      return untilAborted(signal, async () => {
        const client = await clientOf(id.region);
        const input = { SecretId: id.id, ...selector };
        const answer = await client.getSecretValue(input, { abortSignal: signal });
        return (
          id.mismatch(answer) ??
          arrivedAlready(version, answer) ??
          toSecretRecord(answer, checkedRequestId(answer.$metadata?.requestId))
        );
      });
    },
    classify: (error) => awsFailure(error, { action: "secretsmanager:GetSecretValue" }),
    close,
  });
}

function clientsOf(settings: SecretsManagerSettings) {
  const { client, aws } = settings;
  if (client !== undefined)
    return { clientOf: async (): Promise<SecretsManagerMethods> => client, close: async () => {} };
  const clients = new RegionClients(async (region) => {
    const { makeSecretsManager } = await import("./secrets-manager-sdk.ts");
    return makeSecretsManager(aws, region);
  });
  return { clientOf: (region?: string) => clients.of(region), close: () => clients.close() };
}
