import { askBao, startOpenBao } from "../../../../tools/servers/index.ts";
import { issueToken } from "./cluster.ts";

/** OpenBao with the Kubernetes login of `k8s/vault.yaml`; its tokens live for seconds, so that logins can be seen. */
export async function startStore(cluster: { readonly url: string; readonly ca: string }) {
  const bao = await startOpenBao();
  const ask = <T>(method: string, path: string, input?: object) => askBao<T>(bao, method, path, input);
  await ask("PUT", "sys/policies/acl/orders", {
    policy: `
      path "secret/data/orders/*" { capabilities = ["read"] }
      path "secret/metadata/orders/*" { capabilities = ["read"] }`,
  });
  await ask("POST", "sys/auth/kubernetes", { type: "kubernetes" });
  await ask("POST", "auth/kubernetes/config", {
    kubernetes_host: cluster.url,
    kubernetes_ca_cert: cluster.ca,
    // In a pod it reads its own; here it is given that of the service account in k8s/vault.yaml.
    token_reviewer_jwt: issueToken("vault", "vault", "https://kubernetes.default.svc", 3600),
    disable_local_ca_jwt: true,
  });
  await ask("POST", "auth/kubernetes/role/orders", {
    bound_service_account_names: ["orders"],
    bound_service_account_namespaces: ["shop"],
    audience: "vault",
    token_policies: ["orders"],
    token_ttl: "3s",
    token_max_ttl: "6s",
  });
  const writeKey = (key: string) => ask("POST", "secret/data/orders/signing", { data: { key } });
  await writeKey("the first one");
  return {
    address: bao.url,
    writeKey,
    /** How many tokens there are that the login has made. */
    async tokens(): Promise<number> {
      const { keys } = await ask<{ keys: string[] }>("LIST", "auth/token/accessors");
      const facts = keys.map((accessor) =>
        ask<{ path: string }>("POST", "auth/token/lookup-accessor", { accessor }).catch(() => undefined),
      );
      return (await Promise.all(facts)).filter((one) => one?.path === "auth/kubernetes/login").length;
    },
    [Symbol.asyncDispose]: bao[Symbol.asyncDispose],
  };
}
