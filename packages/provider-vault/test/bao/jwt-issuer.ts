import { generateKeyPairSync, sign } from "node:crypto";
import { jsonAnswer, startWireServer } from "@secretsource/conformance/wire";

/** Who issues JWTs: keys of its own, and the address where servers fetch the public one. */
export interface JwtIssuer {
  readonly keysUrl: string;
  /** PEM. */
  readonly publicKey: string;
  /** @param claims Besides those that the role `app` of the tests asks for. */
  issue(claims?: object): string;
  close(): Promise<void>;
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

export async function startJwtIssuer(): Promise<JwtIssuer> {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const keys = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", use: "sig", alg: "RS256" }] };
  const server = await startWireServer(() => jsonAnswer(keys));
  return {
    keysUrl: `${server.url}/keys`,
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    issue(claims = {}) {
      const now = Math.floor(Date.now() / 1000);
      const all = { iss: "ci", aud: "vault", sub: "repo:app", iat: now, exp: now + 600, ...claims };
      const text = `${part({ alg: "RS256", typ: "JWT", kid: "k1" })}.${part(all)}`;
      return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
    },
    close: () => server.close(),
  };
}
