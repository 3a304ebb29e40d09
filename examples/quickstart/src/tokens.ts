import { hmac, isSame } from "./hmac.ts";
import type { SigningKeys } from "./signing-keys.ts";

interface Claims {
  readonly subject: string;
  readonly keyId: string;
  /** Epoch seconds. */
  readonly expires: number;
}

/** `base64url(claims).base64url(HMAC-SHA-256)` */
export function issueToken({ keys: [signer] }: SigningKeys, subject: string, lifetimeSeconds: number): string {
  if (signer === undefined) throw new Error("There is no key to sign with");
  const expires = Math.floor(Date.now() / 1000) + lifetimeSeconds;
  const claims: Claims = { subject, keyId: signer.id, expires };
  const body = Buffer.from(JSON.stringify(claims)).toString("base64url");
  return `${body}.${hmac(signer.key, body)}`;
}

/** Whom the token was issued to, or undefined where it is not valid. */
export function subjectOf({ keys }: SigningKeys, token: string): string | undefined {
  const [body = "", signature = ""] = token.split(".");
  const signer = keys.find(({ key }) => isSame(signature, hmac(key, body)));
  if (signer === undefined) return undefined;
  const claims: Claims = JSON.parse(Buffer.from(body, "base64url").toString());
  return claims.keyId === signer.id && claims.expires > Date.now() / 1000 ? claims.subject : undefined;
}
