import type { BaoAdmin } from "./bao-admin.ts";
import { type FakeCluster, startFakeCluster } from "./fake-cluster.ts";
import { type JwtIssuer, startJwtIssuer } from "./jwt-issuer.ts";

export interface LoginMounts {
  readonly cluster: FakeCluster;
  readonly issuer: JwtIssuer;
  close(): Promise<void>;
}

/** Mounts every login that the server has: `approle`, `kubernetes`, `ci` (a JWT by the issuer's address), `keyed` (by its key). */
export async function mountLogins(admin: BaoAdmin): Promise<LoginMounts> {
  const [cluster, issuer] = await Promise.all([startFakeCluster(), startJwtIssuer()]);
  await admin.call("POST", "sys/auth/approle", { type: "approle" });
  await admin.call("POST", "sys/auth/kubernetes", { type: "kubernetes" });
  await admin.call("POST", "auth/kubernetes/config", {
    kubernetes_host: cluster.url,
    kubernetes_ca_cert: cluster.ca,
    token_reviewer_jwt: cluster.podToken,
    disable_local_ca_jwt: true,
  });
  await admin.call("POST", "sys/auth/ci", { type: "jwt" });
  await admin.call("POST", "auth/ci/config", { jwks_url: issuer.keysUrl, bound_issuer: "ci" });
  await admin.call("POST", "sys/auth/keyed", { type: "jwt" });
  await admin.call("POST", "auth/keyed/config", { jwt_validation_pubkeys: [issuer.publicKey], bound_issuer: "ci" });
  return {
    cluster,
    issuer,
    close: async () => void (await Promise.all([cluster.close(), issuer.close()])),
  };
}

/** A role of the AppRole mount with this policy: its id. */
export async function appRoleWith(admin: BaoAdmin, policy: string, options: object = {}): Promise<string> {
  const role = `auth/approle/role/${policy}`;
  await admin.call("POST", role, { token_policies: policy, token_ttl: "60s", ...options });
  const { data } = await admin.call("GET", `${role}/role-id`);
  return (data as { role_id: string }).role_id;
}

export async function newSecretId(admin: BaoAdmin, policy: string): Promise<string> {
  const { data } = await admin.call("POST", `auth/approle/role/${policy}/secret-id`, {});
  return (data as { secret_id: string }).secret_id;
}

export async function kubernetesRoleWith(admin: BaoAdmin, policy: string): Promise<void> {
  await admin.call("POST", `auth/kubernetes/role/${policy}`, {
    bound_service_account_names: "app",
    bound_service_account_namespaces: "shop",
    token_policies: policy,
    token_ttl: "60s",
  });
}

export async function jwtRoleWith(admin: BaoAdmin, mount: string, policy: string): Promise<void> {
  await admin.call("POST", `auth/${mount}/role/${policy}`, {
    role_type: "jwt",
    bound_audiences: "vault",
    user_claim: "sub",
    bound_subject: "repo:app",
    token_policies: policy,
    token_ttl: "60s",
  });
}
