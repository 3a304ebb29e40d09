import type { SecretRef, SecretSource, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { awsFailure } from "./aws-failures.ts";
import { awsDefaults } from "./defaults.ts";
import { parameterStoreClients } from "./parameter-store-clients.ts";
import { type ParameterStoreOptions, parameterStoreSettings } from "./parameter-store-options.ts";
import { isTree } from "./parameter-tree.ts";
import { readParameter } from "./read-parameter.ts";
import { readParameters } from "./read-parameters.ts";
import { readTree } from "./read-tree.ts";
import { readWithExpiry } from "./read-with-expiry.ts";
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
  const clients = parameterStoreClients(settings);
  const { clearText } = clients;
  const readOne = settings.expiryDates ? readWithExpiry : readParameter;
  const readerFor = ({ name }: SecretRef) => (isTree(name) ? readTree : readOne);
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits,
    read: async (ref, { signal }) => clearText.told(await readerFor(ref)(clients, ref, signal)),
    // A batch has no dates.
    ...(!settings.expiryDates && {
      batch: {
        limit: awsDefaults.parametersAtOnce,
        read: async (refs, { signal }) => clearText.toldOf(await readParameters(clients, refs, signal)),
      },
    }),
    classify: (error) => awsFailure(error),
    close: () => clients.close(),
  });
}
