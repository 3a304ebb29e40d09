import { invalidOptions, uriSettings } from "@secretsource/core/source-kit";
import type { AzureCloud } from "./clouds.ts";
import type { KeyVaultOptions } from "./key-vault-options.ts";

/** The vault is the path; credentials belong into no URI. @throws SecretsError `invalid-options` */
export function uriKeyVaultOptions(text: unknown, scheme: string): KeyVaultOptions {
  const { path, settings } = uriSettings(text, scheme, ["cloud", "tellDeleted"]);
  const { cloud, tellDeleted } = settings;
  if (path === "") return invalidOptions(`The \`${scheme}:\` URI names a vault: \`${scheme}:myapp-prod\`, say.`);
  if (tellDeleted !== undefined && tellDeleted !== "true" && tellDeleted !== "false") {
    return invalidOptions(`\`tellDeleted\` of the \`${scheme}:\` URI is true or false.`);
  }
  return {
    vault: path,
    // Checked with the others.
    ...(cloud !== undefined && { cloud: cloud as AzureCloud }),
    ...(tellDeleted !== undefined && { tellDeleted: tellDeleted === "true" }),
  };
}
