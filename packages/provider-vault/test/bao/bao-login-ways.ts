import { appRole, jwt, kubernetes, tokenFile } from "../../src/auth/index.ts";
import { type FileOf, type Proof, tokenProof } from "../proof.ts";
import type { BaoAdmin } from "./bao-admin.ts";
import { appRoleWith, jwtRoleWith, kubernetesRoleWith, type LoginMounts, newSecretId } from "./bao-login-mounts.ts";

/** Makes a role with this policy at the server, and gives a login for it. */
export type BaoWay = (admin: BaoAdmin, policy: string) => Promise<Proof>;

export const byToken: BaoWay = async (admin, policy) => tokenProof(await admin.token(policy));

/** Every login of this package that the server has. */
export function baoLoginWays({ cluster, issuer }: LoginMounts, fileOf: FileOf): Readonly<Record<string, BaoWay>> {
  const byJwt =
    (mount: string, way: (text: string) => object): BaoWay =>
    async (admin, policy) => {
      await jwtRoleWith(admin, mount, policy);
      const text = issuer.issue();
      return { login: jwt({ role: policy, mount, ...way(text) }), credentials: [text] };
    };
  return {
    "a token file": async (admin, policy) => {
      const value = await admin.token(policy);
      return { login: tokenFile(fileOf(value)), credentials: [value] };
    },
    "AppRole, secret id as an option": async (admin, policy) => {
      const roleId = await appRoleWith(admin, policy);
      const secretId = await newSecretId(admin, policy);
      return { login: appRole({ roleId, secretId }), credentials: [secretId] };
    },
    "AppRole, secret id in a file": async (admin, policy) => {
      const roleId = await appRoleWith(admin, policy);
      const secret = await newSecretId(admin, policy);
      return { login: appRole({ roleId, secretIdFile: fileOf(secret) }), credentials: [secret] };
    },
    "AppRole, wrapped secret id": async (admin, policy) => {
      const roleId = await appRoleWith(admin, policy);
      const wrapping = await admin.wrapped("POST", `auth/approle/role/${policy}/secret-id`, {});
      const wrappedSecretId = { role: policy, file: fileOf(wrapping) };
      return { login: appRole({ roleId, wrappedSecretId }), credentials: [wrapping] };
    },
    Kubernetes: async (admin, policy) => {
      await kubernetesRoleWith(admin, policy);
      const { podToken } = cluster;
      return { login: kubernetes({ role: policy, tokenFile: fileOf(podToken) }), credentials: [podToken] };
    },
    "a JWT, by the issuer's keys": byJwt("ci", (text) => ({ jwt: async () => text })),
    "a JWT, by a given key": byJwt("keyed", (text) => ({ jwtFile: fileOf(text) })),
  };
}
