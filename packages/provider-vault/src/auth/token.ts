import type { SourceFailure } from "@secretsource/core/source";
import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import { type Environment, VaultEnvironment } from "../connection/environment.ts";
import { headerTextOr } from "../options/checks.ts";
import type { LoginContext, VaultLogin, VaultToken } from "./vault-login.ts";

export interface TokenOptions {
  /** Default: the variables `BAO_TOKEN` and `VAULT_TOKEN`. */
  readonly token?: string | undefined;
  /** Where variables are looked up, once. Default: `process.env`. */
  readonly env?: Environment | undefined;
}

const missing: SourceFailure = {
  failure: "unauthenticated",
  advice: "There is no token: set VAULT_TOKEN (or BAO_TOKEN), or give another `login`.",
};

/**
 * A token that somebody else made. It is looked up once, renewed where it can be, and never revoked by us. A dead one is
 * `unauthenticated`: there is nothing to log in with.
 *
 * @throws SecretsError `invalid-options`
 */
export function token(options: TokenOptions = {}): VaultLogin {
  if (typeof options === "string") {
    return invalidOptions(
      "token() takes a token by its name, `token({ token })`, and without one that of VAULT_TOKEN.",
    );
  }
  const given = readOptions(options, ["token", "env"], "The options of token()");
  const inCode = headerTextOr(given.token, "`token` of token()");
  if (inCode !== undefined) return { method: "token", login: (context) => ownToken(inCode, context) };
  const env = new VaultEnvironment((given.env as Environment | undefined) ?? process.env);
  const value = headerTextOr(env.text("TOKEN"), "VAULT_TOKEN (or BAO_TOKEN)");
  const login: VaultLogin["login"] = async (context) => (value === undefined ? missing : ownToken(value, context));
  return { method: "token-variable", login };
}

/** How long it lives. One that may not look itself up may be good all the same: the first call will tell. */
async function ownToken(value: string, { lookUp }: LoginContext): Promise<VaultToken | SourceFailure> {
  const found = await lookUp(value);
  return found.failure === "unauthenticated" ? { value, renewable: false, revocable: false } : found;
}
