import type { SecretSource, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { OnFirstCall } from "@secretsource/core/source-kit";
import type { SecretManagerCalls } from "./secret-manager-calls.ts";
import {
  type GcpSecretManagerOptions,
  type SecretManagerSettings,
  secretManagerSettings,
} from "./secret-manager-options.ts";
import { uriOptions } from "./uri-options.ts";

const kind = "gcp-secret-manager";

const traits: SourceTraits = Object.freeze({
  stages: Object.freeze(["current", "previous"] as const),
  versionIds: true,
  labels: true,
  binary: true,
  mints: false,
});

export interface GcpSecretManager extends SourceScheme {
  /**
   * Secrets of Google Cloud Secret Manager, by short name or full resource name; payloads are bytes. `current` is the
   * version that was added last (or the newest enabled one, `newest`), `previous` the newest enabled one below it; an id is a
   * version's number, a label a version alias. In a short name a slash stands for `--` of the secret's id, and other bytes
   * that an id cannot have for escapes. The SDK is loaded by the first read.
   *
   * @throws SecretsError `invalid-options`
   */
  (options?: GcpSecretManagerOptions): SecretSource;
  readonly scheme: "gcp-secret-manager";
  /**
   * `gcp-secret-manager:` or `gcp-secret-manager:?projectId=my-project`; also `location`, `newest`, `secretDetails`,
   * `transport`, `endpoint`.
   */
  fromUri(text: string): SecretSource;
}

export const gcpSecretManager: GcpSecretManager = /* @__PURE__ */ Object.assign(sourceOf, {
  scheme: kind,
  fromUri: (text: string) => sourceOf(uriOptions(text, kind)),
} as const);

function sourceOf(options?: GcpSecretManagerOptions): SecretSource {
  const settings = secretManagerSettings(options);
  const onCall = new OnFirstCall(() => callsOf(settings));
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits,
    read: (ref, context) => onCall.make(context.signal, (calls) => calls.read(ref, context)),
    probe: (ref, context) => onCall.make(context.signal, (calls) => calls.probe(ref, context)),
    load: () => onCall.load(),
    classify: (error, call) => onCall.loaded?.classify(error, call),
    close: () => onCall.close(),
  });
}

async function callsOf(settings: SecretManagerSettings): Promise<SecretManagerCalls> {
  if (settings.client === undefined) return (await import("./secret-manager-sdk.ts")).ownSecretManager(settings);
  // It brings its own SDK.
  return (await import("./secret-manager-calls.ts")).givenSecretManager(settings);
}
