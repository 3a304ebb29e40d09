import { startFaultProxy } from "@secretsource/conformance/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startOpenBao } from "../../../tools/servers/index.ts";
import { appRole, jwt, kubernetes, token, tokenFile, type VaultLogin } from "../src/auth/index.ts";
import { vaultKv } from "../src/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { appRoleWith, jwtRoleWith, kubernetesRoleWith, mountLogins, newSecretId } from "./bao/bao-login-mounts.ts";
import { startJwtIssuer } from "./bao/jwt-issuer.ts";
import { temporaryFiles } from "./temporary-files.ts";

const bao = await startOpenBao();
const admin = new BaoAdmin(bao.url);
const mounts = await mountLogins(admin);
const { fileOf, remove } = temporaryFiles();
afterAll(async () => {
  remove();
  await Promise.all([bao.stop(), mounts.close()]);
});

const ref = { name: "app", version: "current" } as const;
const context = { signal: new AbortController().signal, bypassCaches: true };

beforeAll(async () => {
  await admin.call("POST", "secret/data/app", { data: { password: "p" } });
  await admin.policy("app", { "secret/*": ["read"] });
});

/** What is said of a read by this login. */
async function refusalOf(login: VaultLogin, namespace?: string) {
  const source = vaultKv({ address: bao.url, env: {}, login, namespace });
  const record = await source.read(ref, context);
  await source.close?.();
  return record;
}

const refused = (status: number, advice: RegExp) => ({
  failure: "unauthenticated",
  advice: expect.stringMatching(advice),
  native: { status },
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

describe("appRole", () => {
  let roleId = "";
  beforeAll(async () => {
    roleId = await appRoleWith(admin, "app", { secret_id_num_uses: 5 });
  });

  test("reads, and its token is revoked at the close", async () => {
    const { record, asked, alive } = await readBy(appRole({ roleId, secretId: await newSecretId(admin, "app") }));
    expect(record).toMatchObject({ payload: '{"password":"p"}' });
    expect(asked[0]).toBe("POST auth/approle/login");
    expect(asked.at(-1)).toBe("POST auth/token/revoke-self");
    expect(alive).toBe(false);
  });

  const wrongId = "5f3c9b1e-0000-0000-0000-000000000000";
  const ids = /role id or the secret id is wrong, or the secret id has expired/;

  test("a wrong id, and a secret id that is used up or destroyed, are one answer", async () => {
    const once = await appRoleWith(admin, "once", { secret_id_num_uses: 1 });
    const used = appRole({ roleId: once, secretId: await newSecretId(admin, "once") });
    await readBy(used);
    const destroyed = await newSecretId(admin, "app");
    await admin.call("POST", "auth/approle/role/app/secret-id/destroy", { secret_id: destroyed });
    for (const login of [
      appRole({ roleId, secretId: wrongId }),
      appRole({ roleId: wrongId, secretId: await newSecretId(admin, "app") }),
      appRole({ roleId, secretId: destroyed }),
      used,
    ]) {
      expect(await refusalOf(login)).toEqual(refused(400, ids));
    }
  });

  test("no secret id where the role wants one, and one from another address", async () => {
    expect(await refusalOf(appRole({ roleId }))).toEqual(refused(400, /the role wants a secret id/));
    const elsewhere = await appRoleWith(admin, "elsewhere", { secret_id_bound_cidrs: "10.9.9.9/32" });
    const login = appRole({ roleId: elsewhere, secretId: await newSecretId(admin, "elsewhere") });
    expect(await refusalOf(login)).toEqual(refused(400, /may not be used from this address/));
  });

  test("another mount, another namespace, none at all, another method", async () => {
    const way = { roleId, secretId: await newSecretId(admin, "app") };
    const nothing = /Either nothing is mounted there: check `mount` of appRole\(\) and the namespace/;
    expect(await refusalOf(appRole({ ...way, mount: "nowhere" }))).toEqual(refused(403, nothing));
    await admin.call("POST", "sys/namespaces/team-a", {});
    expect(await refusalOf(appRole(way), "team-a")).toEqual(refused(403, nothing));
    expect(await refusalOf(appRole(way), "team-z")).toEqual(refused(404, /no namespace `team-z`/));
    const another = appRole({ ...way, mount: "kubernetes" });
    expect(await refusalOf(another)).toEqual(refused(400, /Another method is mounted at auth\/kubernetes/));
    const jwtLogin = jwt({ role: "app", mount: "approle", jwt: async () => mounts.issuer.issue() });
    expect(await refusalOf(jwtLogin)).toEqual(refused(500, /Another method is mounted at auth\/approle/));
  });

  test("after five refusals the role id is locked out, and the right secret id is refused by 403", async () => {
    const locked = await appRoleWith(admin, "locked", {});
    for (let refusal = 0; refusal < 5; refusal += 1) await refusalOf(appRole({ roleId: locked, secretId: wrongId }));
    const right = appRole({ roleId: locked, secretId: await newSecretId(admin, "locked") });
    expect(await refusalOf(right)).toEqual(refused(403, /locked the role id out/));
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

  test("a wrapped secret id in a namespace that there is not is no theft, and stays wrapped", async () => {
    const wrapping = await admin.wrapped("POST", "auth/approle/role/app/secret-id", {});
    const login = appRole({ roleId, wrappedSecretId: { token: wrapping, role: "app" } });
    expect(await refusalOf(login, "team-z")).toEqual(refused(404, /^The server has no namespace `team-z`/));
    expect((await readBy(login)).record).toMatchObject({ payload: '{"password":"p"}' });
  });

  test("a batch token reads, and is left to end by itself", async () => {
    await admin.policy("batch", { "secret/*": ["read"] });
    const id = await appRoleWith(admin, "batch", { token_type: "batch" });
    const login = appRole({ roleId: id, secretId: await newSecretId(admin, "batch") });
    const { record, asked } = await readBy(login);
    expect(record).toMatchObject({ version: "1" });
    expect(asked.filter((one) => one.includes("revoke"))).toEqual([]);
  });
});

describe("jwt", () => {
  beforeAll(() => jwtRoleWith(admin, "ci", "app"));

  test("by another mount, from a function and from a file", async () => {
    const good = mounts.issuer.issue();
    for (const way of [{ jwt: async () => good }, { jwtFile: fileOf(good) }]) {
      const { record, alive } = await readBy(jwt({ role: "app", mount: "ci", ...way }));
      expect([record, alive]).toMatchObject([{ payload: '{"password":"p"}' }, false]);
    }
  });

  test("what the method does not take is told apart", async () => {
    const by = (claims: object, role = "app") =>
      refusalOf(jwt({ role, mount: "ci", jwt: async () => mounts.issuer.issue(claims) }));
    expect(await by({}, "nobody")).toEqual(refused(400, /there is no such role/));
    expect(await by({ exp: 1000, iat: 900, nbf: 900 })).toEqual(refused(400, /has expired/));
    expect(await by({ nbf: Math.floor(Date.now() / 1000) + 4000 })).toEqual(refused(400, /not valid yet/));
    expect(await by({ iss: "other" })).toEqual(refused(400, /of another issuer/));
    expect(await by({ aud: "other" })).toEqual(refused(400, /`bound_audiences`/));
    for (const text of ["none", mounts.issuer.issue().replace(/[^.]+$/, "AAAA")]) {
      const login = jwt({ role: "app", mount: "ci", jwt: async () => text });
      expect(await refusalOf(login)).toEqual(refused(400, /none of the keys has signed it/));
    }
  });

  test("keys that the server cannot fetch are an outage, and no refusal", async () => {
    const issuer = await startJwtIssuer();
    await admin.call("POST", "sys/auth/dark", { type: "jwt" });
    await admin.call("POST", "auth/dark/config", { jwks_url: issuer.keysUrl, bound_issuer: "ci" });
    await jwtRoleWith(admin, "dark", "app");
    await issuer.close();
    expect(await refusalOf(jwt({ role: "app", mount: "dark", jwt: async () => issuer.issue() }))).toEqual({
      failure: "unavailable",
      advice: expect.stringMatching(/cannot fetch the keys.*`vault read auth\/dark\/config`/),
      native: { status: 400 },
    });
  });

  test("of somebody else is unauthenticated", async () => {
    const other = mounts.issuer.issue({ sub: "other" });
    const { record } = await readBy(jwt({ role: "app", mount: "ci", jwt: async () => other }));
    expect(record).toEqual(refused(400, /`bound_subject`/));
    expect(JSON.stringify(record)).not.toContain(other.slice(0, 20));
  });
});

describe("kubernetes", () => {
  beforeAll(() => kubernetesRoleWith(admin, "app"));

  test("the cluster is asked whose token it is", async () => {
    const { podToken, reviewed } = mounts.cluster;
    const { record } = await readBy(kubernetes({ role: "app", tokenFile: fileOf(podToken) }));
    expect(record).toMatchObject({ payload: '{"password":"p"}' });
    expect(reviewed).toEqual([[`Bearer ${podToken}`, podToken]]);
  });

  test("a token that the cluster does not know is unauthenticated", async () => {
    const stranger = mounts.cluster.podToken.replace(/[^.]+$/, Buffer.from("forgery").toString("base64url"));
    expect(await refusalOf(kubernetes({ role: "app", tokenFile: fileOf(stranger) }))).toEqual(
      refused(403, /the cluster does not know the service account's token/),
    );
  });

  test("a role that there is not, and one for other pods", async () => {
    const by = (role: string) => refusalOf(kubernetes({ role, tokenFile: fileOf(mounts.cluster.podToken) }));
    expect(await by("nobody")).toEqual(refused(400, /there is no such role/));
    const bound = { bound_service_account_names: "app", bound_service_account_namespaces: "shop" };
    for (const other of [{ bound_service_account_names: "other" }, { bound_service_account_namespaces: "other" }]) {
      await admin.call("POST", "auth/kubernetes/role/other", { ...bound, ...other });
      expect(await by("other")).toEqual(refused(403, /`bound_service_account_names`/));
    }
    await admin.call("POST", "auth/kubernetes/role/other", { ...bound, audience: "other" });
    expect(await by("other")).toEqual(refused(403, /its `audience`/));
  });
});

describe("tokens of others", () => {
  test("in a namespace that there is not", async () => {
    const failure = await refusalOf(token({ token: await admin.token("app") }), "team-z");
    expect(failure).toMatchObject({ failure: "invalid-request", advice: expect.stringContaining("`team-z`") });
  });

  test("are used and left alive", async () => {
    const given = await admin.token("app", { ttl: "60s" });
    for (const login of [token({ token: given }), tokenFile(fileOf(given))]) {
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
