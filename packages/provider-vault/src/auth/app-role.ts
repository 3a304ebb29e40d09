import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import { segmentsOf } from "../connection/segments.ts";
import { requiredText, textOr } from "../options/checks.ts";
import { readCredential } from "./read-credential.ts";
import type { LoginContext, VaultLogin } from "./vault-login.ts";
import { type SecretId, type WrappedSecretId, wrappedSecretId } from "./wrapped-secret-id.ts";

export interface AppRoleOptions {
  readonly roleId: string;
  /** The secret id, or one of the next two. None where the role does not bind it. */
  readonly secretId?: string | undefined;
  /** The file that it is in, read at every login. */
  readonly secretIdFile?: string | undefined;
  /** A response-wrapped one: unwrapped once, and kept in memory. */
  readonly wrappedSecretId?: WrappedSecretId | undefined;
  /** Where the method is mounted, below `auth/`. Default: `approle`. */
  readonly mount?: string | undefined;
}

const known = ["roleId", "secretId", "secretIdFile", "wrappedSecretId", "mount"] as const;

/**
 * A role id and a secret id, for machines that have no identity of their own.
 *
 * @throws SecretsError `invalid-options`
 */
export function appRole(options: AppRoleOptions): VaultLogin {
  const given = readOptions(options, known, "The options of appRole()");
  const roleId = requiredText(given.roleId, "`roleId` of appRole()");
  const mount = segmentsOf(textOr(given.mount, "`mount` of appRole()") ?? "approle");
  const path = ["auth", ...mount, "login"];
  const secretId = secretIdFrom(given, mount);
  return {
    method: "approle",
    async login(context) {
      const found = await secretId(context);
      if (found.failure !== undefined) return found;
      return context.logIn(path, { role_id: roleId, ...(found.text !== undefined && { secret_id: found.text }) });
    },
  };
}

function secretIdFrom(
  given: Partial<Record<(typeof known)[number], unknown>>,
  mount: readonly string[],
): (context: LoginContext) => Promise<SecretId> {
  const text = textOr(given.secretId, "`secretId` of appRole()");
  const file = textOr(given.secretIdFile, "`secretIdFile` of appRole()");
  const ways = [text, file, given.wrappedSecretId].filter((way) => way !== undefined);
  if (ways.length > 1) return invalidOptions("appRole() takes one of `secretId`, `secretIdFile`, `wrappedSecretId`.");
  if (given.wrappedSecretId !== undefined) return wrappedSecretId(given.wrappedSecretId, mount);
  return async () => (file === undefined ? { text } : readCredential(file, "secret id"));
}
