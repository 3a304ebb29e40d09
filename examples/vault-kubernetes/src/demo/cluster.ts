import { generateKeyPairSync, sign, verify } from "node:crypto";
import { jsonAnswer, makeAuthority, startWireServer, type WireRequest } from "@secretsource/conformance/wire";
import { findingsInManifests } from "../../../../tools/manifests/index.ts";
import { accountName, reviewers } from "./manifests.ts";

interface Claims {
  readonly sub: string;
  readonly aud: readonly string[];
  readonly exp: number;
}

export interface TokenReview {
  /** Whose token the request itself bore. */
  readonly by: string;
  /** Whose token it asked about; undefined where that was not good. */
  readonly whose: string | undefined;
  readonly audiences: readonly string[];
  readonly token: string;
  /** What the schema of TokenReview has against it. */
  readonly findings: readonly unknown[];
}

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const nowSeconds = () => Math.floor(Date.now() / 1000);

/** A token of a service account, as the kubelet gets it for a projected volume. */
export function issueToken(namespace: string, name: string, audience: string, expirationSeconds: number): string {
  const claims = {
    iss: "https://kubernetes.default.svc",
    sub: accountName(namespace, name),
    aud: [audience],
    iat: nowSeconds(),
    exp: nowSeconds() + expirationSeconds,
    jti: crypto.randomUUID(),
    "kubernetes.io": { namespace, serviceaccount: { name, uid: `${namespace}-${name}` } },
  };
  const text = `${part({ alg: "RS256", typ: "JWT", kid: "cluster" })}.${part(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
}

function claimsOf(token: string): Claims | undefined {
  const [head = "", body = "", signature = ""] = token.split(".");
  const isOurs = verify("sha256", Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, "base64url"));
  if (!isOurs) return undefined;
  const claims = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as Claims;
  return claims.exp > nowSeconds() ? claims : undefined;
}

/** The cluster's API server, as far as the store asks it: TokenReview, for those whom a ClusterRoleBinding allows it. */
export async function startCluster() {
  const authority = await makeAuthority();
  const reviews: TokenReview[] = [];

  async function answer({ method, path, headers, text }: WireRequest) {
    if (method !== "POST" || path !== "/apis/authentication.k8s.io/v1/tokenreviews") {
      return jsonAnswer({ kind: "Status", code: 404 }, { status: 404 });
    }
    const by = claimsOf(String(headers.authorization).replace(/^Bearer /, ""))?.sub ?? "nobody";
    if (!reviewers.includes(by)) return jsonAnswer({ kind: "Status", code: 403 }, { status: 403 });

    const sent = JSON.parse(text) as { spec: { token: string; audiences?: readonly string[] } };
    // The store leaves these to the path, as the API allows.
    const review = { kind: "TokenReview", apiVersion: "authentication.k8s.io/v1", ...sent };
    const { token, audiences = [] } = sent.spec;
    const claims = claimsOf(token);
    const shared = claims?.aud.filter((audience) => audiences.includes(audience)) ?? [];
    const whose = shared.length > 0 ? claims?.sub : undefined;
    reviews.push({
      by,
      whose,
      audiences,
      token,
      findings: await findingsInManifests("TokenReview", JSON.stringify(review)),
    });
    const [, , namespace, name] = whose?.split(":") ?? [];
    const status =
      whose === undefined
        ? { authenticated: false, error: "token is not good for this audience" }
        : {
            authenticated: true,
            user: { username: whose, uid: `${namespace}-${name}`, groups: ["system:serviceaccounts"] },
            audiences: shared,
          };
    return jsonAnswer({ ...review, status }, { status: 201 });
  }

  const server = await startWireServer(answer, { tls: await authority.issue() });
  return { url: server.url, ca: authority.ca, reviews, [Symbol.asyncDispose]: () => server.close() };
}
