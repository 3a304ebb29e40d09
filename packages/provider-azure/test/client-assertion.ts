import { constants, createHash, createVerify, X509Certificate } from "node:crypto";

// How an application shows that it has the key of a certificate
// (https://learn.microsoft.com/entra/identity-platform/certificate-credentials).

interface AssertionHeader {
  readonly alg?: unknown;
  /** SHA-256 of the certificate's DER, base64url. */
  readonly "x5t#S256"?: unknown;
}

interface AssertionClaims {
  readonly aud?: unknown;
  readonly iss?: unknown;
  readonly sub?: unknown;
  readonly jti?: unknown;
  readonly nbf?: number;
  readonly exp?: number;
}

interface Authority {
  readonly clientId: string;
  /** The application's certificates, PEM. */
  readonly registered: readonly string[];
  readonly nowMs: number;
}

/**
 * Entra's code for what is wrong with an assertion; undefined for a good one
 * (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
 */
export function assertionProblem(
  assertion: string,
  tokenUrl: string,
  { clientId, registered, nowMs }: Authority,
): string | undefined {
  const [head = "", body = "", signature = ""] = assertion.split(".");
  const { alg, "x5t#S256": thumbprint } = decoded<AssertionHeader>(head);
  const { aud, iss, sub, jti, nbf = Infinity, exp = 0 } = decoded<AssertionClaims>(body);
  const certificate = registered.map((pem) => new X509Certificate(pem)).find((one) => thumbprintOf(one) === thumbprint);
  // A certificate that the application does not have.
  if (certificate === undefined) return "AADSTS700027";
  const key = { key: certificate.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const isSigned = createVerify("RSA-SHA256").update(`${head}.${body}`).verify(key, signature, "base64url");
  if (alg !== "PS256" || !isSigned) return "AADSTS700027";
  const now = nowMs / 1000;
  if (nbf > now + 300 || exp <= now - 300) return "AADSTS700024";
  const isMeant = aud === tokenUrl && iss === clientId && sub === clientId && typeof jti === "string";
  return isMeant ? undefined : "AADSTS700023";
}

function thumbprintOf({ raw }: X509Certificate): string {
  return createHash("sha256").update(raw).digest("base64url");
}

function decoded<T>(part: string): T {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as T;
}
