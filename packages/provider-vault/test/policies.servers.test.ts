import { randomUUID } from "node:crypto";
import { startFaultProxy } from "@secretsource/conformance/wire";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startOpenBao, startPostgres } from "../../../tools/servers/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { mountDatabase, mountPki } from "./bao/bao-minting-stores.ts";
import { difference, documentedPolicies, type PolicyRule } from "./documented-policies.ts";
import { policyFeatures } from "./policy-features.ts";

const [bao, postgres] = await Promise.all([startOpenBao(), startPostgres()]);
afterAll(() => Promise.all([bao.stop(), postgres.stop()]));
const admin = new BaoAdmin(bao.url);
let csr = "";

beforeAll(async () => {
  for (const n of ["1", "2"]) await admin.call("POST", "secret/data/myapp/db", { data: { n } });
  await admin.call("POST", "secret/data/other", { data: { n: "1" } });
  await admin.call("POST", "sys/mounts/kv", { type: "kv", options: { version: "1" } });
  await vi.waitFor(() => admin.call("POST", "kv/myapp/db", { n: "1" }), 10_000);

  await mountDatabase(admin, postgres);
  await admin.call("POST", "database/roles/myapp", {
    db_name: "pg",
    creation_statements: [`CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}';`],
    default_ttl: "10m",
    max_ttl: "1h",
  });
  const { data: user } = await admin.call("GET", "database/creds/myapp");
  await admin.call("POST", "database/static-roles/myapp-static", {
    db_name: "pg",
    username: (user as { username: string }).username,
    rotation_period: "1h",
  });

  await mountPki(admin);
  await admin.call("POST", "pki/roles/myapp", { allow_any_name: true, key_type: "ec", ttl: "1h" });
  await admin.call("POST", "sys/mounts/elsewhere", { type: "pki" });
  const request = await admin.call("POST", "elsewhere/intermediate/generate/internal", {
    common_name: "a.test",
    key_type: "ec",
  });
  csr = (request.data as { csr: string }).csr;

  for (const type of ["transit", "totp"]) await admin.call("POST", `sys/mounts/${type}`, { type });
  await admin.call("POST", "transit/keys/myapp", { type: "rsa-2048" });
  await admin.call("POST", "totp/keys/myapp", { generate: true, issuer: "tests", account_name: "myapp" });
  await admin.call("POST", "sys/auth/approle", { type: "approle" });
});

/** Uses a feature by these rules and nothing else, and gives its requests. */
async function useBy(feature: string, rules: readonly PolicyRule[]) {
  const policies = [`policies-${randomUUID()}`];
  const policy = rules.map(({ text }) => text).join("\n");
  await admin.call("PUT", `sys/policies/acl/${policies[0]}`, { policy });
  const { auth } = await admin.call("POST", "auth/token/create", { policies, no_default_policy: true, ttl: "5m" });
  const proxy = await startFaultProxy({ to: bao.url });
  try {
    const token = (auth as { client_token: string }).client_token;
    await policyFeatures[feature]?.use({ admin, proxy, token, policies, csr });
    return proxy.requests;
  } finally {
    await proxy.close();
  }
}

test("each policy of the docs has a feature here, and each feature a policy", () => {
  expect([...documentedPolicies.keys()].sort()).toEqual([...Object.keys(policyFeatures), "aws"].sort());
});

test.each(Object.keys(policyFeatures))("the policy for %s is enough, and all of it is needed", async (feature) => {
  const own = documentedPolicies.get(feature) ?? [];
  const others = (policyFeatures[feature]?.besides ?? []).flatMap((name) => documentedPolicies.get(name) ?? []);
  const requests = await useBy(feature, [...others, ...own]);
  // The one read that shall be refused.
  const meant = requests.filter(({ path }) => path !== "/v1/secret/data/other");
  expect(difference(meant, own, others)).toEqual({ missing: [], unused: [] });
  const refusal =
    feature === "token" ? { message: expect.stringMatching(/logged in again|outlived/) } : { code: "access-denied" };
  for (const rule of own) {
    const rest = own.filter((other) => other !== rule);
    // Else a denial could not be told from a dead token.
    const itself = feature === "token" ? [] : (documentedPolicies.get("token") ?? []);
    await expect(useBy(feature, [...others, ...rest, ...itself]), rule.text).rejects.toMatchObject(refusal);
  }
});

test("a denial of a token that may not look itself up looks like a dead token, and the advice says so", async () => {
  const nothing = { text: 'path "nothing" { capabilities = ["read"] }', path: "nothing", capabilities: ["read"] };
  await expect(useBy("kv 2", [nothing])).rejects.toMatchObject({
    code: "unauthenticated",
    message: expect.stringContaining("grant it `read` on `auth/token/lookup-self`"),
  });
});
