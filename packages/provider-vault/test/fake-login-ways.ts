import { randomBytes } from "node:crypto";
import { appRole, awsIam, jwt, kubernetes, tokenFile } from "../src/auth/index.ts";
import { bodyIs, FakeLogin } from "./fake/fake-logins.ts";
import { signedBy } from "./fake/fake-sts.ts";
import type { FakeVault } from "./fake/fake-vault.ts";
import { type FileOf, type Proof, tokenProof } from "./proof.ts";

/** Sets a login up at the fake, and gives the one that goes with it. */
type FakeWay = (vault: FakeVault, fileOf: FileOf) => Proof;

const secretOf = (what: string) => `${what}-${randomBytes(12).toString("hex")}`;

function take(vault: FakeVault, mount: string, check: FakeLogin["check"]): void {
  vault.mounts.set(`auth/${mount}/`, new FakeLogin(vault.tokens, { ttl: 3600 }, check));
}

function approle(vault: FakeVault): string {
  const secret = secretOf("secret-id");
  take(vault, "approle", bodyIs({ role_id: "r", secret_id: secret }));
  return secret;
}

/** Every login of this package, each against the fake. */
export const fakeLoginWays: Readonly<Record<string, FakeWay>> = {
  token: ({ root }) => tokenProof(root.value),
  "a token file": ({ root }, fileOf) => ({ login: tokenFile(fileOf(root.value)), credentials: [root.value] }),
  "AppRole, secret id as an option": (vault) => {
    const secretId = approle(vault);
    return { login: appRole({ roleId: "r", secretId }), credentials: [secretId] };
  },
  "AppRole, secret id in a file": (vault, fileOf) => {
    const secret = approle(vault);
    return { login: appRole({ roleId: "r", secretIdFile: fileOf(secret) }), credentials: [secret] };
  },
  "AppRole, wrapped secret id": (vault) => {
    const secret = approle(vault);
    const wrapping = vault.wrapping.wrap({ secret_id: secret }, "auth/approle/role/app/secret-id");
    return {
      login: appRole({ roleId: "r", wrappedSecretId: { token: wrapping, role: "app" } }),
      credentials: [secret, wrapping],
    };
  },
  Kubernetes: (vault, fileOf) => {
    const pod = secretOf("pod");
    take(vault, "kubernetes", bodyIs({ role: "app", jwt: pod }));
    return { login: kubernetes({ role: "app", tokenFile: fileOf(pod) }), credentials: [pod] };
  },
  JWT: (vault) => {
    const text = secretOf("jwt");
    take(vault, "ci", bodyIs({ role: "app", jwt: text }));
    return { login: jwt({ role: "app", mount: "ci", jwt: async () => text }), credentials: [text] };
  },
  "AWS IAM": (vault) => {
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: secretOf("key"), sessionToken: secretOf("st") };
    const serverId = "vault.example.com";
    take(
      vault,
      "aws",
      signedBy({ ...credentials, region: "us-east-1", host: "sts.amazonaws.com", serverId }, Date.now),
    );
    return { login: awsIam({ serverId, credentials }), credentials: [credentials.secretAccessKey] };
  },
};
