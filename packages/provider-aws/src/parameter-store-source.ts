import type { SecretSource, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { OnFirstCall } from "@secretsource/core/source-kit";
import { awsDefaults } from "./defaults.ts";
import {
  type ParameterStoreOptions,
  type ParameterStoreSettings,
  parameterStoreSettings,
} from "./parameter-store-options.ts";
import type { SourceCalls } from "./source-calls.ts";
import { uriAwsOptions } from "./uri-aws-options.ts";

const kind = "aws-parameter-store";

const traits: SourceTraits = Object.freeze({
  stages: Object.freeze(["current"] as const),
  versionIds: true,
  labels: true,
  binary: false,
  mints: false,
});

export interface AwsParameterStore extends SourceScheme {
  /**
   * Parameters of AWS Systems Manager Parameter Store, decrypted, by name or ARN; a version's id is its number. A name that
   * ends in a slash is a whole tree, as a JSON object of its values. `/aws/reference/secretsmanager/NAME` is a secret of
   * Secrets Manager, with its ids and staging labels. The SDK is loaded by the first read.
   *
   * @throws SecretsError `invalid-options`
   */
  (options?: ParameterStoreOptions): SecretSource;
  readonly scheme: "aws-parameter-store";
  /**
   * `aws-parameter-store:` or `aws-parameter-store:?region=eu-west-1`; also `endpoint`, `profile`, `useFipsEndpoint`,
   * `useDualstackEndpoint`.
   */
  fromUri(text: string): SecretSource;
}

export const awsParameterStore: AwsParameterStore = /* @__PURE__ */ Object.assign(sourceOf, {
  scheme: kind,
  fromUri: (text: string) => sourceOf(uriAwsOptions(text, kind)),
} as const);

function sourceOf(options?: ParameterStoreOptions): SecretSource {
  const settings = parameterStoreSettings(options);
  const onCall = new OnFirstCall(() => callsOf(settings));
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits,
    read: (ref, context) => onCall.make(context.signal, (calls) => calls.read(ref, context)),
    // A batch has no dates.
    ...(!settings.expiryDates && {
      batch: {
        limit: awsDefaults.parametersAtOnce,
        read: (refs, context) => onCall.make(context.signal, (calls) => calls.readBatch(refs, context)),
      },
    }),
    load: () => onCall.load(),
    classify: (error) => onCall.loaded?.classify(error),
    close: () => onCall.close(),
  });
}

async function callsOf({ client, aws, expiryDates }: ParameterStoreSettings): Promise<SourceCalls> {
  if (client === undefined) return (await import("./parameter-store-sdk.ts")).ownParameterStore(aws, expiryDates);
  // It brings its own SDK.
  return (await import("./parameter-store-calls.ts")).givenParameterStore(client, expiryDates);
}
