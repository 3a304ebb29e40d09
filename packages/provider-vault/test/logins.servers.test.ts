import { startFaultProxy } from "@secretsource/conformance/wire";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startOpenBao } from "../../../tools/servers/index.ts";
import { appRole, jwt, kubernetes, token, tokenFile, type VaultLogin } from "../src/auth/index.ts";
import { vaultKv } from "../src/index.ts";
import { BaoAdmin } from "./bao/bao-admin.ts";
import { appRoleWith, jwtRoleWith, kubernetesRoleWith, mountLogins, newSecretId } from "./bao/bao-login-mounts.ts";
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

  test("of somebody else is unauthenticated", async () => {
    const other = mounts.issuer.issue({ sub: "other" });
    const { record } = await readBy(jwt({ role: "app", mount: "ci", jwt: async () => other }));
    expect(record).toMatchObject({ failure: "unauthenticated" });
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
    const { record } = await readBy(kubernetes({ role: "app", tokenFile: fileOf(stranger) }));
    expect(record).toMatchObject({ failure: "unauthenticated" });
  });
});

describe("tokens of others", () => {
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
