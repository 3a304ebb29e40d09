import type { SecretRecord, SecretRef, SourceFailure } from "@secretsource/core/source";
import { callAzure } from "./azure-call.ts";
import { deletedSecret } from "./deleted-secret.ts";
import type { KeyVaultClients } from "./key-vault-clients.ts";
import type { KeyVaultSettings } from "./key-vault-options.ts";
import { previousVersion } from "./previous-version.ts";
import { lookedFor, type SecretAddress, secretAddress } from "./secret-address.ts";
import { toSecretRecord } from "./to-secret-record.ts";

/** One version of one secret. The previous one is looked up in the list of versions first. */
export async function readSecret(
  clients: KeyVaultClients,
  { vaults, tellDeleted }: KeyVaultSettings,
  ref: SecretRef,
  signal: AbortSignal,
): Promise<SecretRecord | SourceFailure> {
  const address = secretAddress(ref, vaults);
  if ("failure" in address) return address;
  const answer = await readAt(clients, address, signal);
  if (answer.failure !== "not-found") return answer;
  const missing = { ...answer, ...absent(ref.name, address, tellDeleted) };
  return tellDeleted ? deletedSecret(clients.of(address.vaultUrl), address.name, missing, signal) : missing;
}

async function readAt(
  clients: KeyVaultClients,
  { vaultUrl, name, version: asked }: SecretAddress,
  signal: AbortSignal,
): Promise<SecretRecord | SourceFailure> {
  signal.throwIfAborted();
  const client = clients.of(vaultUrl);
  const version = asked === "previous" ? await previousVersion(client, name, signal) : asked;
  if (typeof version === "object" && "failure" in version) return version;
  const called = await callAzure("get", signal, (options) =>
    client.getSecret(name, version === "current" ? options : { ...options, version: version.id }),
  );
  return called.failure === undefined ? toSecretRecord(called.answer, { name, version }, called.requestId) : called;
}

/** The service says the same of a version that it does not have as of a secret. */
function absent(ref: string, address: SecretAddress, tellDeleted: boolean): SourceFailure {
  if (typeof address.version === "object") {
    return { failure: "version-not-found", advice: "There is no such version, or no such secret." };
  }
  const advice = lookedFor(ref, address) ?? "Check its name, and that it is in the vault that is asked.";
  return { failure: "not-found", advice: tellDeleted ? advice : `${advice} ${maybeDeleted}` };
}

const maybeDeleted =
  "If it was deleted, `az keyvault secret list-deleted` shows it, and `az keyvault secret recover` brings it back.";
