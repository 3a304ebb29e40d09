import type { SourceFailure } from "@secretsource/core/source";
import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import { segmentsOf } from "../connection/segments.ts";
import { requiredText, textOr } from "../options/checks.ts";
import { readCredential } from "./read-credential.ts";
import type { VaultLogin } from "./vault-login.ts";

export interface JwtOptions {
  readonly role: string;
  /** Where the method (`jwt` or `oidc`) is mounted, below `auth/`. Default: `jwt`. */
  readonly mount?: string | undefined;
  /** The file that the JWT is in, read at every login. This or `jwt`. */
  readonly jwtFile?: string | undefined;
  /** Gives the JWT, at every login. A CI system's or a cloud's identity token, say. */
  readonly jwt?: ((signal: AbortSignal) => Promise<string>) | undefined;
}

/**
 * A JWT that the server checks by the keys of its issuer.
 *
 * @throws SecretsError `invalid-options`
 */
export function jwt(options: JwtOptions): VaultLogin {
  const given = readOptions(options, ["role", "mount", "jwtFile", "jwt"], "The options of jwt()");
  const role = requiredText(given.role, "`role` of jwt()");
  const path = ["auth", ...segmentsOf(textOr(given.mount, "`mount` of jwt()") ?? "jwt"), "login"];
  const fetchJwt = jwtFrom(textOr(given.jwtFile, "`jwtFile` of jwt()"), given.jwt);
  return {
    method: "jwt",
    async login({ logIn, signal }) {
      const found = await fetchJwt(signal);
      return found.failure !== undefined ? found : logIn(path, { role, jwt: found.text });
    },
  };
}

type Found = { readonly text: string; readonly failure?: undefined } | SourceFailure;

function jwtFrom(file: string | undefined, given: unknown): (signal: AbortSignal) => Promise<Found> {
  if (file !== undefined && given === undefined) return () => readCredential(file, "JWT");
  if (file !== undefined || typeof given !== "function") {
    return invalidOptions("Give jwt() either `jwtFile` or the function `jwt`.");
  }
  return async (signal) => {
    try {
      const text: unknown = await given(signal);
      if (typeof text === "string" && text !== "") return { text };
    } catch {
      // Its text may quote the token.
    }
    return { failure: "unauthenticated", advice: "The function `jwt` of the login threw, or gave no text." };
  };
}
