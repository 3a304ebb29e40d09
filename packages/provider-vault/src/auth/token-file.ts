import { fileStamp } from "../connection/file-stamp.ts";
import { requiredText } from "../options/checks.ts";
import { readCredential } from "./read-credential.ts";
import type { VaultLogin } from "./vault-login.ts";

/**
 * A token in a file, such as the sink of a Vault Agent. Looked at before each call, read anew when it has changed.
 * Whoever writes it renews it: we neither renew nor revoke.
 *
 * @param path Absolute, or relative to the working directory.
 * @throws SecretsError `invalid-options`
 */
export function tokenFile(path: string): VaultLogin {
  const file = requiredText(path, "The path of tokenFile()");
  let seen: { readonly stamp: string | undefined; readonly value: string } | undefined;
  return {
    method: "token-file",
    async login() {
      // Before it is read: what is written in between is seen as a change.
      const stamp = await fileStamp(file).catch(() => undefined);
      const read = await readCredential(file, "token");
      if (read.failure !== undefined) return read;
      seen = { stamp, value: read.text };
      return { value: read.text, renewable: false, revocable: false };
    },
    changed: async (inUse) => (await fileStamp(file)) !== seen?.stamp || seen.value !== inUse,
  };
}
