import { generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jsonAnswer, makeAuthority, startFaultProxy, startWireServer } from "@secretsource/conformance/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startOpenBao } from "../../../tools/servers/index.ts";
import { appRole, jwt, kubernetes, token, tokenFile, type VaultLogin } from "../src/auth/index.ts";
import { vaultKv } from "../src/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";

const bao = await startOpenBao();
const admin = new BaoAdmin(bao.url);
const folder = mkdtempSync(join(tmpdir(), "logins-"));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await bao.stop();
});

const ref = { name: "app", version: "current" } as const;
const context = { signal: new AbortController().signal, bypassCaches: true };

beforeAll(async () => {
  await admin.call("POST", "secret/data/app", { data: { password: "p" } });
  await admin.policy("app", { "secret/*": ["read"] });
});

/** Reads by this login, closes, and tells the tokens that the requests bore and whether they still live. */
async function readBy(login: VaultLogin) {
  const proxy = await startFaultProxy({ to: bao.url });
  const source = vaultKv({ address: proxy.url, env: {}, login });
  const record = await source.read(ref, context);
  await source.close?.();
  const asked = proxy.requests.map(({ method, path }) => `${method} ${path.replace("/v1/", "")}`);
  const used = proxy.requests.map(({ headers }) => headers["x-vault-token"]).find((one) => typeof one === "string");
  await proxy.close();
  const alive = await admin.call("POST", "auth/token/lookup", { token: used }).then(
    () => true,
    () => false,
  );
  return { record, asked, alive };
}

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("appRole", () => {
  let roleId = "";
  beforeAll(async () => {
    await admin.call("POST", "sys/auth/approle", { type: "approle" });
    await admin.call("POST", "auth/approle/role/app", {
      token_policies: "app",
      token_ttl: "60s",
      secret_id_num_uses: 5,
    });
    roleId = String(((await admin.call("GET", "auth/approle/role/app/role-id")).data as { role_id: string }).role_id);
  });

  const newSecretId = async () =>
    ((await admin.call("POST", "auth/approle/role/app/secret-id", {})).data as { secret_id: string }).secret_id;

  test("reads, and its token is revoked at the close", async () => {
    const { record, asked, alive } = await readBy(appRole({ roleId, secretId: await newSecretId() }));
    expect(record).toMatchObject({ payload: '{"password":"p"}' });
    expect(asked[0]).toBe("POST auth/approle/login");
    expect(asked.at(-1)).toBe("POST auth/token/revoke-self");
    expect(alive).toBe(false);
  });

  test("a wrong secret id is unauthenticated", async () => {
    const { record } = await readBy(appRole({ roleId, secretId: "5f3c9b1e-0000-0000-0000-000000000000" }));
    expect(record).toMatchObject({ failure: "unauthenticated" });
  });

  test("a wrapped secret id is opened once, at the place where it must have been made", async () => {
    const wrap = (path: string, body: object) => admin.wrapped("POST", path, body);
    const good = await wrap("auth/approle/role/app/secret-id", {});
    const wrapped = (text: string) => appRole({ roleId, wrappedSecretId: { token: text, role: "app" } });
    expect((await readBy(wrapped(good))).record).toMatchObject({ payload: '{"password":"p"}' });
    const again = await readBy(wrapped(good));
    expect(again.record).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("stolen") });
    const foreign = await wrap("sys/wrapping/wrap", { secret_id: "x" });
    expect((await readBy(wrapped(foreign))).record).toMatchObject({
      failure: "unauthenticated",
      advice: expect.stringContaining("not made at"),
    });
  });

  test("a batch token reads, and is left to end by itself", async () => {
    await admin.call("POST", "auth/approle/role/batch", {
      token_policies: "app",
      token_ttl: "60s",
      token_type: "batch",
    });
    const id = ((await admin.call("GET", "auth/approle/role/batch/role-id")).data as { role_id: string }).role_id;
    const { data } = await admin.call("POST", "auth/approle/role/batch/secret-id", {});
    const login = appRole({ roleId: id, secretId: (data as { secret_id: string }).secret_id });
    const { record, asked } = await readBy(login);
    expect(record).toMatchObject({ version: "1" });
    expect(asked.filter((one) => one.includes("revoke"))).toEqual([]);
  });
});

describe("jwt", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = (claims: object) => {
    const text = `${part({ alg: "RS256", typ: "JWT", kid: "k1" })}.${part(claims)}`;
    return `${text}.${sign("sha256", Buffer.from(text), privateKey).toString("base64url")}`;
  };
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: "ci", aud: "vault", sub: "repo:app", iat: now, exp: now + 600 };

  beforeAll(async () => {
    // The server fetches the keys by itself.
    const keys = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1", use: "sig", alg: "RS256" }] };
    const issuer = await startWireServer(() => jsonAnswer(keys));
    afterAll(() => issuer.close());
    await admin.call("POST", "sys/auth/ci", { type: "jwt" });
    await admin.call("POST", "auth/ci/config", { jwks_url: `${issuer.url}/keys`, bound_issuer: "ci" });
    await admin.call("POST", "auth/ci/role/app", {
      role_type: "jwt",
      bound_audiences: "vault",
      user_claim: "sub",
      bound_subject: "repo:app",
      token_policies: "app",
      token_ttl: "60s",
    });
  });

  test("by another mount, from a function and from a file", async () => {
    const good = signed(claims);
    for (const way of [{ jwt: async () => good }, { jwtFile: fileOf("jwt", good) }]) {
      const { record, alive } = await readBy(jwt({ role: "app", mount: "ci", ...way }));
      expect([record, alive]).toMatchObject([{ payload: '{"password":"p"}' }, false]);
    }
  });

  test("of somebody else is unauthenticated", async () => {
    const { record } = await readBy(
      jwt({ role: "app", mount: "ci", jwt: async () => signed({ ...claims, sub: "other" }) }),
    );
    expect(record).toMatchObject({ failure: "unauthenticated" });
    expect(JSON.stringify(record)).not.toContain(signed(claims).slice(0, 20));
  });
});

describe("kubernetes", () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = {
    iss: "kubernetes/serviceaccount",
    sub: "system:serviceaccount:shop:app",
    "kubernetes.io/serviceaccount/namespace": "shop",
    "kubernetes.io/serviceaccount/service-account.name": "app",
    "kubernetes.io/serviceaccount/service-account.uid": "1",
  };
  const podToken = `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.${Buffer.from("signature").toString("base64url")}`;
  const reviewed: unknown[] = [];

  beforeAll(async () => {
    const authority = await makeAuthority();
    // The cluster's API server, as far as this login asks it.
    const cluster = await startWireServer(
      ({ path, text, headers }) => {
        if (!path.endsWith("/tokenreviews")) return jsonAnswer({}, { status: 404 });
        const { spec } = JSON.parse(text) as { spec: { token: string } };
        reviewed.push([headers.authorization, spec.token]);
        const authenticated = spec.token === podToken;
        const user = { username: "system:serviceaccount:shop:app", uid: "1", groups: ["system:serviceaccounts"] };
        return jsonAnswer({
          kind: "TokenReview",
          apiVersion: "authentication.k8s.io/v1",
          status: authenticated ? { authenticated, user } : { authenticated, error: "invalid" },
        });
      },
      { tls: await authority.issue() },
    );
    afterAll(() => cluster.close());
    await admin.call("POST", "sys/auth/kubernetes", { type: "kubernetes" });
    await admin.call("POST", "auth/kubernetes/config", {
      kubernetes_host: cluster.url,
      kubernetes_ca_cert: authority.ca,
      token_reviewer_jwt: podToken,
      disable_local_ca_jwt: true,
    });
    await admin.call("POST", "auth/kubernetes/role/app", {
      bound_service_account_names: "app",
      bound_service_account_namespaces: "shop",
      token_policies: "app",
      token_ttl: "60s",
    });
  });

  test("the cluster is asked whose token it is", async () => {
    const { record } = await readBy(kubernetes({ role: "app", tokenFile: fileOf("pod", podToken) }));
    expect(record).toMatchObject({ payload: '{"password":"p"}' });
    expect(reviewed).toEqual([[`Bearer ${podToken}`, podToken]]);
  });

  test("a token that the cluster does not know is unauthenticated", async () => {
    const stranger = podToken.replace(/[^.]+$/, Buffer.from("forgery").toString("base64url"));
    const { record } = await readBy(kubernetes({ role: "app", tokenFile: fileOf("stranger", stranger) }));
    expect(record).toMatchObject({ failure: "unauthenticated" });
  });
});

describe("tokens of others", () => {
  test("are used and left alive", async () => {
    const given = await admin.token("app", { ttl: "60s" });
    for (const login of [token({ token: given }), tokenFile(fileOf("sink", given))]) {
      const { record, alive } = await readBy(login);
      expect([record, alive]).toMatchObject([{ payload: '{"password":"p"}' }, true]);
    }
  });

  test("a token without the right is denied, a dead one is unauthenticated", async () => {
    const poor = await admin.token("default");
    expect((await readBy(token({ token: poor }))).record).toMatchObject({
      failure: "access-denied",
      advice: expect.stringContaining("`read` on `secret/data/app`"),
    });
    await admin.call("POST", "auth/token/revoke", { token: poor });
    expect((await readBy(token({ token: poor }))).record).toMatchObject({ failure: "unauthenticated" });
  });
});
