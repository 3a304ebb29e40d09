import { readOptions } from "@secretsource/core/source-kit";
import { segmentsOf } from "../connection/segments.ts";
import { requiredText, textOr } from "../options/checks.ts";
import { readCredential } from "./read-credential.ts";
import type { VaultLogin } from "./vault-login.ts";

export interface KubernetesOptions {
  readonly role: string;
  /** Where the method is mounted, below `auth/`. Default: `kubernetes`. */
  readonly mount?: string | undefined;
  /**
   * The service account's token, read at every login since the kubelet replaces it. Default:
   * `/var/run/secrets/kubernetes.io/serviceaccount/token`.
   */
  readonly tokenFile?: string | undefined;
}

const defaultTokenFile = "/var/run/secrets/kubernetes.io/serviceaccount/token";

/**
 * A pod's service account: the server asks the cluster's TokenReview whose token it is.
 *
 * @throws SecretsError `invalid-options`
 */
export function kubernetes(options: KubernetesOptions): VaultLogin {
  const given = readOptions(options, ["role", "mount", "tokenFile"], "The options of kubernetes()");
  const role = requiredText(given.role, "`role` of kubernetes()");
  const path = ["auth", ...segmentsOf(textOr(given.mount, "`mount` of kubernetes()") ?? "kubernetes"), "login"];
  const file = textOr(given.tokenFile, "`tokenFile` of kubernetes()") ?? defaultTokenFile;
  return {
    method: "kubernetes",
    async login({ logIn }) {
      const jwt = await readCredential(file, "service account's token");
      return jwt.failure !== undefined ? jwt : logIn(path, { role, jwt: jwt.text });
    },
  };
}
