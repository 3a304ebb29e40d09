import type { SourceFailure } from "@secretsource/core/source";
import type { AzureError } from "./azure-error.ts";
import type { VaultPermission } from "./vault-permission.ts";

/** The right of a role, for each permission of an access policy. */
const dataActions: Readonly<Record<VaultPermission, string>> = {
  get: "Microsoft.KeyVault/vaults/secrets/getSecret/action",
  list: "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
};

/** Why a 403 is one. A version that is disabled is among them, and is no denial. */
export function forbidden({ code, innerCode }: AzureError, permission: VaultPermission): SourceFailure {
  switch (innerCode) {
    case "SecretDisabled":
      return {
        failure: "disabled",
        advice:
          "The version is disabled: enable it (`az keyvault secret set-attributes --enabled true`), or set a new one.",
      };
    case "ForbiddenByRbac":
      return {
        failure: "access-denied",
        advice: `Assign the role \`Key Vault Secrets User\` on the vault or the secret to the identity that the program runs as: \`${dataActions[permission]}\` is missing. A new assignment takes up to 10 minutes.`,
      };
    case "ForbiddenByPolicy":
    case "AccessDenied":
      return {
        failure: "access-denied",
        advice: `The vault's access policies do not give the program's identity the secret permission \`${permission}\`: \`az keyvault set-policy --secret-permissions ${permission}\`.`,
      };
    case "ForbiddenByFirewall":
      return {
        failure: "access-denied",
        advice:
          "The vault's firewall does not let this address in: allow the network in the vault's networking settings, or use its private endpoint.",
      };
    case "ForbiddenByConnection":
      return {
        failure: "access-denied",
        advice:
          "The vault takes connections through its private endpoint alone: check that its name leads there (private DNS zone).",
      };
    default:
      // A proxy's 403 has no code of the service.
      return code === "Forbidden"
        ? {
            failure: "access-denied",
            advice: `Let the program's identity \`${permission}\` secrets: by the role \`Key Vault Secrets User\`, or by an access policy where the vault has those.`,
          }
        : {
            failure: "access-denied",
            advice:
              "Something refuses the request, and not in Key Vault's words: check for a proxy on the way to the vault.",
          };
  }
}
