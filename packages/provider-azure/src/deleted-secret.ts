import type { SourceFailure } from "@secretsource/core/source";
import { callAzure } from "./azure-call.ts";
import type { KeyVaultMethods } from "./key-vault-methods.ts";

/**
 * Whether a secret that is not there was deleted and can be recovered. Who may not know hears that it is missing; where the
 * look fails, so does the read.
 */
export async function deletedSecret(
  client: KeyVaultMethods,
  name: string,
  missing: SourceFailure,
  signal: AbortSignal,
): Promise<SourceFailure> {
  const looked = await callAzure("get", signal, (options) => client.getDeletedSecret(name, options));
  if (looked.failure === undefined) return { ...missing, ...deleted };
  if (looked.failure === "access-denied") return { ...missing, advice: notPermitted };
  return looked.failure === "not-found" ? missing : looked;
}

const deleted: SourceFailure = {
  failure: "deleted",
  advice: "The secret was deleted and can still be recovered: `az keyvault secret recover`.",
};

const notPermitted = "Whether it was deleted and can be recovered, the program's identity may not know.";
