import type { SecretRecord, SecretRef, SecretSource, SourceFailure } from "@secretsource/core/source";
import { untilAborted } from "@secretsource/core/source-kit";
import { gcpCalls } from "./gcp-call.ts";
import { gcpFailure } from "./gcp-failures.ts";
import { isFailure } from "./is-failure.ts";
import { probeSecret } from "./probe-secret.ts";
import { readSecret } from "./read-secret.ts";
import { withSecretDetails } from "./secret-details.ts";
import { SecretManagerClients } from "./secret-manager-clients.ts";
import type { SecretManagerSettings } from "./secret-manager-options.ts";
import { type SecretRequests, secretRequestsFor } from "./secret-requests.ts";

/** What a source does when it is called. */
export interface SecretManagerCalls extends Pick<SecretSource, "read" | "classify"> {
  readonly probe: NonNullable<SecretSource["probe"]>;
  close(): Promise<void>;
}

/** By a client that was handed in. */
export function givenSecretManager(settings: SecretManagerSettings): SecretManagerCalls {
  return secretManagerCalls(settings, new SecretManagerClients(settings, noneOfOurs));
}

export function secretManagerCalls(settings: SecretManagerSettings, clients: SecretManagerClients): SecretManagerCalls {
  const { newest, location } = settings;

  function asking<T>(
    ref: SecretRef,
    signal: AbortSignal,
    ask: (requests: SecretRequests) => Promise<T | SourceFailure>,
  ) {
    const asked = async () => {
      const requests = await secretRequestsFor(clients, ref.name, location, signal);
      return isFailure(requests) ? requests : ask(requests);
    };
    // Our own clients end their calls with the signal; what another does, nobody knows.
    return settings.client === undefined ? asked() : untilAborted(signal, asked);
  }

  return {
    read: (ref, { signal }) => asking(ref, signal, (requests) => readWith(requests, ref, settings)),
    probe: (ref, { signal }) => asking(ref, signal, (requests) => probeSecret(requests, ref, newest)),
    classify: (error, call) =>
      gcpFailure(error, call === "probe" ? gcpCalls.getSecretVersion : gcpCalls.accessSecretVersion),
    close: () => clients.close(),
  };
}

async function readWith(
  requests: SecretRequests,
  ref: SecretRef,
  { newest, secretDetails }: SecretManagerSettings,
): Promise<SecretRecord | SourceFailure> {
  if (!secretDetails) return readSecret(requests, ref, newest);
  const [record, secret] = await Promise.all([readSecret(requests, ref, newest), requests.secret()]);
  return isFailure(record) ? record : withSecretDetails(record, secret, ref.version === "current");
}

function noneOfOurs(): never {
  throw new Error("A client was handed in.");
}
