import { createHash, createHmac } from "node:crypto";
import type { WireAnswer } from "@secretsource/conformance/wire";
import type { FakeLogin } from "./fake-logins.ts";
import { refuse } from "./reply.ts";

interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly region: string;
  readonly host: string;
  /** What `iam_server_id_header_value` says. */
  readonly serverId?: string;
}

const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const decoded = (value: unknown) => Buffer.from(String(value), "base64").toString("utf8");

/**
 * What the AWS method and AWS itself do with a login: the request is rebuilt from the body of the login, and its signature
 * is made anew as AWS's documentation of Signature Version 4 says.
 */
export function signedBy(signer: Signer, now: () => number): FakeLogin["check"] {
  return (body): WireAnswer | undefined => {
    const headers = JSON.parse(decoded(body.iam_request_headers)) as Record<string, string>;
    const url = new URL(decoded(body.iam_request_url));
    const text = decoded(body.iam_request_body);
    if (body.iam_http_request_method !== "POST" || text !== "Action=GetCallerIdentity&Version=2011-06-15") {
      return refuse(400, "invalid request");
    }
    const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    if (url.host !== signer.host || lower.get("host") !== signer.host) return refuse(400, "wrong host");
    if (signer.sessionToken !== lower.get("x-amz-security-token")) return refuse(403, "wrong session token");
    const [, id, date, region, signedNames = "", signature] =
      /Credential=([^/]+)\/(\d{8})\/([^/]+)\/sts\/aws4_request, SignedHeaders=([^,]+), Signature=([\da-f]+)/.exec(
        lower.get("authorization") ?? "",
      ) ?? [];
    const names = signedNames.split(";");
    if (!names.includes("host") || !names.includes("x-amz-date")) return refuse(403, "unsigned");
    if (signer.serverId !== undefined) {
      const isSigned = names.includes("x-vault-aws-iam-server-id");
      if (!isSigned || lower.get("x-vault-aws-iam-server-id") !== signer.serverId) return refuse(400, "server id");
    }
    const at = lower.get("x-amz-date") ?? "";
    const age = now() - Date.parse(at.replace(/(....)(..)(..)T(..)(..)(..)Z/, "$1-$2-$3T$4:$5:$6Z"));
    if (id !== signer.accessKeyId) return refuse(403, "InvalidClientTokenId");
    if (region !== signer.region || !at.startsWith(String(date))) return refuse(403, "SignatureDoesNotMatch");
    // STS takes a signature for a quarter of an hour; the server's own wait is within it.
    if (!(Math.abs(age) < 900_000)) return refuse(403, "SignatureDoesNotMatch: Signature expired");
    const canonicalHeaders = names.map((name) => `${name}:${lower.get(name)?.trim()}\n`).join("");
    const canonical = ["POST", "/", "", canonicalHeaders, signedNames, sha256(text)].join("\n");
    const scope = `${date}/${region}/sts/aws4_request`;
    const toSign = ["AWS4-HMAC-SHA256", at, scope, sha256(canonical)].join("\n");
    const key = [String(date), String(region), "sts", "aws4_request"].reduce<string | Buffer>(
      (so, part) => hmac(so, part),
      `AWS4${signer.secretAccessKey}`,
    );
    return hmac(key, toSign).toString("hex") === signature ? undefined : refuse(403, "SignatureDoesNotMatch");
  };
}
