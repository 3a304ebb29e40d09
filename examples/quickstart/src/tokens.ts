import type { Config } from "./config.ts";
import { hmac, isSame } from "./hmac.ts";

interface Claims {
  readonly subject: string;
  readonly keyId: string;
  /** Epoch seconds. */
  readonly expires: number;
}

/** `base64url(claims).base64url(HMAC-SHA-256)` */
export function issueToken(config: Config, subject: string): string {
  const { id, key } = config.tokens.signing.reveal();
  const expires = Math.floor(Date.now() / 1000) + config.tokens.lifetimeSeconds;
  const claims: Claims = { subject, keyId: id, expires };
  const body = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return `${body}.${hmac(key, body)}`;
}

/** Whom the token was issued to, or undefined where it is not valid. */
export function subjectOf(config: Config, token: string): string | undefined {
  const [body = "", signature = ""] = token.split(".");
  const { id, key } = config.tokens.signing.reveal();
  if (!isSame(signature, hmac(key, body))) return undefined;
  const claims: Claims = JSON.parse(Buffer.from(body, "base64url").toString());
  return claims.keyId === id && claims.expires > Date.now() / 1000 ? claims.subject : undefined;
}
