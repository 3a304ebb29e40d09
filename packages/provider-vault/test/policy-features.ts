import { setTimeout as delay } from "node:timers/promises";
import type { FaultyServer } from "@secretsource/conformance/wire";
import type { SecretSource, VersionSelector } from "@secretsource/core/source";
import { appRole, token } from "../src/auth/index.ts";
import { type VaultOptions, vaultDatabase, vaultKv, vaultPath, vaultPki, vaultTransit } from "../src/index.ts";
import type { BaoAdmin } from "./bao/bao-admin.ts";

/** What a feature has to work with. */
export interface PolicyCase {
  readonly admin: BaoAdmin;
  readonly proxy: FaultyServer;
  /** Has the policies, and nothing else. */
  readonly token: string;
  readonly policies: readonly string[];
  /** A certificate request, PEM. */
  readonly csr: string;
}

export interface PolicyFeature {
  /** The policies that it builds upon. */
  readonly besides?: readonly string[];
  /** Throws where anything was refused. */
  readonly use: (at: PolicyCase) => Promise<void>;
}

const context = { signal: new AbortController().signal, bypassCaches: true };
const options = ({ proxy, token: text }: PolicyCase): VaultOptions => ({
  address: proxy.url,
  env: {},
  login: token({ token: text }),
});

function good<T extends object | undefined | void>(answer: T): T {
  if (answer && "failure" in answer && answer.failure !== undefined)
    throw Object.assign(new Error("advice" in answer ? String(answer.advice) : ""), { code: answer.failure });
  return answer;
}

async function read(source: SecretSource, name: string, version: VersionSelector = "current") {
  const record = good(await source.read({ name, version }, context));
  return "lease" in record ? (record.lease?.id ?? "") : "";
}

const reads = (make: (at: PolicyCase) => SecretSource, name = "myapp"): PolicyFeature => ({
  use: async (at) => void (await read(make(at), name)),
});

export const policyFeatures: Readonly<Record<string, PolicyFeature>> = {
  "kv 2": reads((at) => vaultKv(options(at)), "myapp/db"),
  "kv 2 previous and looks": {
    besides: ["kv 2"],
    async use(at) {
      const source = vaultKv(options(at));
      await read(source, "myapp/db", "previous");
      good(await source.probe?.({ name: "myapp/db", version: "current" }, context));
    },
  },
  "kv 1": reads((at) => vaultKv({ ...options(at), mount: "kv" }), "myapp/db"),
  "database dynamic": reads((at) => vaultDatabase(options(at))),
  "database static": reads((at) => vaultDatabase({ ...options(at), roles: "static" }), "myapp-static"),
  "pki issue": reads((at) =>
    vaultPki({ ...options(at), certificates: { myapp: { role: "myapp", commonName: "a.test" } } }),
  ),
  "pki sign": reads((at) =>
    vaultPki({ ...options(at), certificates: { myapp: { role: "myapp", commonName: "a.test", csr: at.csr } } }),
  ),
  path: reads((at) => vaultPath({ ...options(at), prefix: "totp/code" })),
  transit: { use: useTransit },
  "lease renewal": {
    besides: ["database dynamic"],
    async use(at) {
      const source = vaultDatabase(options(at));
      good(await source.leases?.renew(await read(source, "myapp"), context));
    },
  },
  "lease end": {
    besides: ["database dynamic"],
    async use(at) {
      const source = vaultDatabase(options(at));
      good(await source.leases?.revoke(await read(source, "myapp"), context));
    },
  },
  token: { besides: ["kv 2"], use: useToken },
};

async function useTransit(at: PolicyCase): Promise<void> {
  await using transit = vaultTransit(options(at));
  const [sealed] = await transit.encrypt("myapp", [{ plaintext: "text" }]);
  const ciphertext = sealed?.failure === undefined ? String(sealed?.value) : "";
  const [signed] = await transit.sign("myapp", [{ input: "text" }]);
  const signature = signed?.failure === undefined ? String(signed?.value) : "";
  for (const results of [
    [sealed ?? {}, signed ?? {}],
    await transit.decrypt("myapp", [{ ciphertext }]),
    await transit.rewrap("myapp", [{ ciphertext }]),
    await transit.verify("myapp", [{ input: "text", signature }]),
    await transit.hmac("myapp", [{ input: "text" }]),
  ]) {
    for (const result of results) good(result);
  }
  await transit.dataKey("myapp");
}

/** One login must do for all of it: a token that lives for 3 s is renewed, a denial is judged, and it ends with the source. */
async function useToken({ admin, proxy, policies }: PolicyCase): Promise<void> {
  await admin.call("POST", "auth/approle/role/policies", {
    token_policies: policies,
    token_no_default_policy: true,
    token_ttl: "3s",
  });
  const { data: role } = await admin.call("GET", "auth/approle/role/policies/role-id");
  const { data: secret } = await admin.call("POST", "auth/approle/role/policies/secret-id", {});
  const login = appRole({
    roleId: (role as { role_id: string }).role_id,
    secretId: (secret as { secret_id: string }).secret_id,
  });
  const source = vaultKv({ address: proxy.url, env: {}, login });
  await read(source, "myapp/db");
  await delay(2400);
  await read(source, "myapp/db");
  await delay(1000);
  await read(source, "myapp/db");
  const denied = await source.read({ name: "other", version: "current" }, context);
  if (denied.failure !== "access-denied") throw new Error(`A denial was taken for ${denied.failure}.`);
  await source.close?.();
  if (proxy.requests.filter(({ path }) => path.endsWith("/login")).length !== 1) throw new Error("It logged in again.");
  const used = proxy.requests.at(-1)?.headers["x-vault-token"];
  const left = await admin.call("POST", "auth/token/lookup", { token: used }).catch(() => undefined);
  if (left !== undefined) throw new Error("The token outlived the source.");
}
