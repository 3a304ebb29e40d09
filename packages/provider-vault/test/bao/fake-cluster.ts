import { jsonAnswer, makeAuthority, startWireServer } from "@secretsource/conformance/wire";

/** A cluster's API server, as far as the Kubernetes login asks it. */
export interface FakeCluster {
  readonly url: string;
  readonly ca: string;
  /** Of the service account `app` in the namespace `shop`; the only one that the cluster knows. */
  readonly podToken: string;
  /** Who asked, and whose token it asked about. */
  readonly reviewed: readonly unknown[];
  close(): Promise<void>;
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = {
  iss: "kubernetes/serviceaccount",
  sub: "system:serviceaccount:shop:app",
  "kubernetes.io/serviceaccount/namespace": "shop",
  "kubernetes.io/serviceaccount/service-account.name": "app",
  "kubernetes.io/serviceaccount/service-account.uid": "1",
};
const user = { username: "system:serviceaccount:shop:app", uid: "1", groups: ["system:serviceaccounts"] };

export async function startFakeCluster(): Promise<FakeCluster> {
  const authority = await makeAuthority();
  const signature = Buffer.from("signature").toString("base64url");
  const podToken = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.${signature}`;
  const reviewed: unknown[] = [];
  const server = await startWireServer(
    ({ path, text, headers }) => {
      if (!path.endsWith("/tokenreviews")) return jsonAnswer({}, { status: 404 });
      const { spec } = JSON.parse(text) as { spec: { token: string } };
      reviewed.push([headers.authorization, spec.token]);
      const authenticated = spec.token === podToken;
      return jsonAnswer({
        kind: "TokenReview",
        apiVersion: "authentication.k8s.io/v1",
        status: authenticated ? { authenticated, user } : { authenticated, error: "invalid" },
      });
    },
    { tls: await authority.issue() },
  );
  return { url: server.url, ca: authority.ca, podToken, reviewed, close: () => server.close() };
}
