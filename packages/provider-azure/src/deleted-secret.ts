import type { SourceFailure } from "@secretsource/core/source";
import { callAzure } from "./azure-call.ts";
import type { KeyVaultMethods } from "./key-vault-methods.ts";

/** Whether a secret that is not there was deleted and can be recovered. Who may not know hears that it is missing. */
export async function deletedSecret(
  client: KeyVaultMethods,
  name: string,
  missing: SourceFailure,
  signal: AbortSignal,
): Promise<SourceFailure> {
  const looked = await callAzure("get", signal, (options) => client.getDeletedSecret(name, options));
  if (looked.failure === undefined) return { ...missing, ...deleted };
  return looked.failure === "access-denied" ? { ...missing, advice: notPermitted } : missing;
}

const deleted: SourceFailure = {
  failure: "deleted",
  advice: "The secret was deleted and can still be recovered: `az keyvault secret recover`.",
};

const notPermitted = "Whether it was deleted and can be recovered, the program's identity may not know.";
