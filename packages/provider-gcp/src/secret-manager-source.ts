import type {
  SecretRecord,
  SecretRef,
  SecretSource,
  SourceFailure,
  SourceScheme,
  SourceTraits,
} from "@secretsource/core/source";
import { untilAborted } from "@secretsource/core/source-kit";
import { gcpCalls } from "./gcp-call.ts";
import { gcpFailure } from "./gcp-failures.ts";
import { isFailure } from "./is-failure.ts";
import { makeOwnClients } from "./make-own-clients.ts";
import { probeSecret } from "./probe-secret.ts";
import { readSecret } from "./read-secret.ts";
import { type SecretCalls, secretCallsFor } from "./secret-calls.ts";
import { withSecretDetails } from "./secret-details.ts";
import { SecretManagerClients } from "./secret-manager-clients.ts";
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
  const { newest, location } = settings;
  const clients = new SecretManagerClients(settings, (projectId) =>
    makeOwnClients({ ...settings.connection, projectId }),
  );

  function asking<T>(ref: SecretRef, signal: AbortSignal, ask: (calls: SecretCalls) => Promise<T | SourceFailure>) {
    const asked = async () => {
      const calls = await secretCallsFor(clients, ref.name, location, signal);
      return isFailure(calls) ? calls : ask(calls);
    };
    // Our own clients end their calls with the signal; what another does, nobody knows.
    return settings.client === undefined ? asked() : untilAborted(signal, asked);
  }

  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind,
    traits,
    read: (ref, { signal }) => asking(ref, signal, (calls) => readWith(calls, ref, settings)),
    probe: (ref, { signal }) => asking(ref, signal, (calls) => probeSecret(calls, ref, newest)),
    classify: (error, call) =>
      gcpFailure(error, call === "probe" ? gcpCalls.getSecretVersion : gcpCalls.accessSecretVersion),
    close: () => clients.close(),
  });
}

async function readWith(
  calls: SecretCalls,
  ref: SecretRef,
  { newest, secretDetails }: SecretManagerSettings,
): Promise<SecretRecord | SourceFailure> {
  if (!secretDetails) return readSecret(calls, ref, newest);
  const [record, secret] = await Promise.all([readSecret(calls, ref, newest), calls.secret()]);
  return isFailure(record) ? record : withSecretDetails(record, secret, ref.version === "current");
}
