import { createSign, createVerify, generateKeyPairSync, randomUUID } from "node:crypto";

/** What Key Vault looks at in a token (https://learn.microsoft.com/azure/key-vault/general/rest-error-codes, HTTP 401). */
export interface Claims {
  readonly aud: string;
  readonly iss: string;
  readonly nbf: number;
  readonly exp: number;
  /** Its own id. */
  readonly uti: string;
  /** What a claims challenge asked for, where one did. */
  readonly xms_claims?: string | undefined;
}

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

export function signToken(claims: Omit<Claims, "uti">, key = keys.privateKey): string {
  const text = `${encoded({ typ: "JWT", alg: "RS256", kid: "1" })}.${encoded({ ...claims, uti: randomUUID() })}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
}

/** The claims of a token with the authority's signature. */
export function claimsOf(token: string): Claims | undefined {
  const [head = "", body = "", signature = ""] = token.split(".");
  const isSigned = createVerify("RSA-SHA256").update(`${head}.${body}`).verify(keys.publicKey, signature, "base64url");
  return isSigned ? (JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as Claims) : undefined;
}
