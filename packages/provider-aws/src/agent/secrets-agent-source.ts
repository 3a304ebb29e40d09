import type { SecretSource, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { invalidOptions, OnFirstCall, uriSettings } from "@secretsource/core/source-kit";
import { agentOptionNames, agentSettings, type SecretsAgentOptions } from "./agent-options.ts";

const kind = "aws-secrets-agent";

const secretTraits: SourceTraits = Object.freeze({
  stages: Object.freeze(["current", "previous", "pending"] as const),
  versionIds: true,
  labels: true,
  binary: true,
  mints: false,
});

const parameterTraits: SourceTraits = Object.freeze({
  ...secretTraits,
  stages: Object.freeze(["current"] as const),
  binary: false,
});

export interface AwsSecretsAgent extends SourceScheme {
  /**
   * Secrets by way of AWS's caches on this machine: the AWS Secrets Manager Agent, or the AWS Parameters and Secrets Lambda
   * Extension, which reads Parameter Store too. No SDK is loaded and no credentials are needed, but the cache's token, which
   * goes to the loopback alone. What is cached there is as old as their own settings allow, and neither says how old;
   * `refresh: true` goes past the agent's cache, and not past the extension's.
   *
   * @throws SecretsError `invalid-options`
   */
  (options?: SecretsAgentOptions): SecretSource;
  readonly scheme: "aws-secrets-agent";
  /** `aws-secrets-agent:` or `aws-secrets-agent:?cache=lambda-extension&service=ssm`; also `url`, `tokenFile`. */
  fromUri(text: string): SecretSource;
}

export const awsSecretsAgent: AwsSecretsAgent = /* @__PURE__ */ Object.assign(sourceOf, {
  scheme: kind,
  fromUri: (text: string) => sourceOf(uriOptions(text)),
} as const);

function sourceOf(options?: unknown): SecretSource {
  const settings = agentSettings(options);
  const onCall = new OnFirstCall(async () => (await import("./agent-calls.ts")).agentCalls(settings));
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits: settings.service === "ssm" ? parameterTraits : secretTraits,
    read: (ref, context) => onCall.make(context.signal, (calls) => calls.read(ref, context)),
    // Whatever happens is returned.
    load: () => onCall.load(),
    classify: () => undefined,
  });
}

function uriOptions(text: string): object {
  const inUri = agentOptionNames.filter((name) => name !== "token");
  const { path, settings } = uriSettings(text, kind, inUri);
  if (path !== "") return invalidOptions(`The \`${kind}:\` URI has no path: write \`${kind}:?tokenFile=...\`, say.`);
  return settings;
}
