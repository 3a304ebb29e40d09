import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { connect } from "../../test/connect.ts";
import { bodyIs, FakeLogin } from "../../test/fake/fake-logins.ts";
import type { FakeTokenRules } from "../../test/fake/fake-token.ts";
import { refuse } from "../../test/fake/reply.ts";
import { appRole, jwt, kubernetes, tokenFile, type VaultLogin } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "logins-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(text: string): string {
  files += 1;
  const path = join(folder, `credential-${files}`);
  writeFileSync(path, text);
  return path;
}

async function connectBy(
  login: VaultLogin,
  at: string,
  body: Readonly<Record<string, string>>,
  rules: FakeTokenRules = { ttl: 1000 },
) {
  const connected = await connect(rules, { login });
  const method = new FakeLogin(connected.vault.tokens, rules, bodyIs(body));
  connected.vault.mounts.set(`auth/${at}/`, method);
  return Object.assign(connected, { method });
}

async function refusalBy(login: VaultLogin) {
  const connected = await connect({}, { login });
  const answer = await connected.read();
  const asked = connected.asked();
  await connected[Symbol.asyncDispose]();
  return { answer, asked };
}

describe("appRole", () => {
  const body = { role_id: "r-1", secret_id: "s-1" };

  test.each([
    ["as an option", () => ({ secretId: "s-1" })],
    ["in a file", () => ({ secretIdFile: fileOf("s-1\n") })],
  ])("the secret id %s", async (_, way) => {
    await using at = await connectBy(appRole({ roleId: "r-1", ...way() }), "approle", body);
    expect(await at.read()).toMatchObject({ status: 200 });
    expect(at.method.count).toBe(1);
  });

  test("none, and another mount", async () => {
    const login = appRole({ roleId: "r-1", mount: "team/approle" });
    await using at = await connectBy(login, "team/approle", { role_id: "r-1" });
    expect(await at.read()).toMatchObject({ status: 200 });
  });

  test("a wrong one is unauthenticated, and says where", async () => {
    await using at = await connectBy(appRole({ roleId: "r-1", secretId: "wrong" }), "approle", body);
    expect(await at.read()).toMatchObject({
      failure: "unauthenticated",
      advice: expect.stringContaining("approle login at auth/approle"),
    });
  });

  test("a method that is not mounted says so", async () => {
    const { answer } = await refusalBy(appRole({ roleId: "r-1", mount: "nowhere" }));
    expect(answer).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("mounted") });
  });

  test("a file is read at every login", async () => {
    const path = fileOf("old");
    await using at = await connectBy(appRole({ roleId: "r-1", secretIdFile: path }), "approle", body);
    expect(await at.read()).toMatchObject({ failure: "unauthenticated" });
    writeFileSync(path, "s-1");
    await at.clock.advance("1s");
    expect(await at.read()).toMatchObject({ status: 200 });
  });

  describe("a wrapped secret id", () => {
    const madeAt = "auth/approle/role/app/secret-id";

    async function connectWrapped(creationPath = madeAt, data: object = { secret_id: "s-1" }) {
      const path = join(folder, `wrapped-${files++}`);
      const login = appRole({ roleId: "r-1", wrappedSecretId: { file: path, role: "app" } });
      const at = await connectBy(login, "approle", body);
      writeFileSync(path, at.vault.wrapping.wrap(data, creationPath));
      return Object.assign(at, { path });
    }

    test("is looked at, opened once, and kept for later logins", async () => {
      await using at = await connectWrapped();
      expect(await at.read()).toMatchObject({ status: 200 });
      rmSync(at.path);
      await at.clock.advance("1001s");
      expect(await at.read()).toMatchObject({ status: 200 });
      expect(at.method.count).toBe(2);
      expect([at.count(/wrapping\/lookup/), at.count(/wrapping\/unwrap/)]).toEqual([1, 1]);
    });

    test("the same token, though it still lies there, is not opened a second time", async () => {
      await using at = await connectWrapped();
      await at.read();
      await at.clock.advance("1001s");
      expect(await at.read()).toMatchObject({ status: 200 });
      expect([at.method.count, at.count(/wrapping\/unwrap/)]).toEqual([2, 1]);
    });

    test("a new token in the file is opened in its turn", async () => {
      await using at = await connectWrapped();
      await at.read();
      writeFileSync(at.path, at.vault.wrapping.wrap({ secret_id: "s-1" }, madeAt));
      await at.clock.advance("1001s");
      expect(await at.read()).toMatchObject({ status: 200 });
      expect(at.count(/wrapping\/unwrap/)).toBe(2);
    });

    test("made elsewhere: not opened, and taken for a theft", async () => {
      await using at = await connectWrapped("cubbyhole/evil");
      expect(await at.read()).toMatchObject({
        failure: "unauthenticated",
        advice: expect.stringMatching(/not made at `auth\/approle\/role\/app\/secret-id`.*stolen/),
      });
      expect(at.count(/wrapping\/unwrap/)).toBe(0);
    });

    test("opened before: by a process of ours, or by somebody who is none", async () => {
      await using at = await connectWrapped();
      writeFileSync(at.path, "hvs.opened-already");
      expect(await at.read()).toMatchObject({
        failure: "unauthenticated",
        advice: expect.stringMatching(/a process that starts again.*needs a new one.*stolen/),
      });
      expect(at.method.count).toBe(0);
    });

    test("a namespace that there is not is no theft", async () => {
      await using at = await connectWrapped();
      await at.server.inject(refuse(404, "namespace not found"));
      expect(await at.read()).toMatchObject({
        failure: "unauthenticated",
        advice: expect.stringMatching(/^The server has no such namespace/),
      });
    });

    test("a server out of order is no theft", async () => {
      await using at = await connectWrapped();
      await at.server.inject("unavailable", { where: ({ path }) => path.includes("wrapping") });
      expect(await at.read()).toMatchObject({ failure: "unavailable" });
      await at.server.heal();
      expect(await at.read()).toMatchObject({ status: 200 });
    });

    test("that holds no secret id", async () => {
      await using at = await connectWrapped(madeAt, { other: "thing" });
      expect(await at.read()).toMatchObject({ failure: "unauthenticated" });
    });
  });
});

describe("kubernetes", () => {
  test("sends the pod's token of this moment", async () => {
    const path = fileOf("jwt.old.one");
    const at = await connectBy(kubernetes({ role: "app", tokenFile: path }), "kubernetes", {
      role: "app",
      jwt: "jwt.new.one",
    });
    writeFileSync(path, "jwt.new.one\n");
    expect(await at.read()).toMatchObject({ status: 200 });
    await at[Symbol.asyncDispose]();
  });

  test.each([
    ["missing", () => join(folder, "none"), "unavailable"],
    ["empty", () => fileOf("\n"), "unavailable"],
    ["of something else", () => fileOf("a b\nc"), "unauthenticated"],
  ])("a file that is %s: no request", async (_, path, failure) => {
    const { answer, asked } = await refusalBy(kubernetes({ role: "app", tokenFile: path() }));
    expect([answer.failure, asked]).toEqual([failure, []]);
  });
});

describe("jwt", () => {
  test.each([
    ["from a file", () => ({ jwtFile: fileOf("a.b.c") })],
    ["from a function", () => ({ jwt: async () => "a.b.c" })],
  ])("%s", async (_, way) => {
    await using at = await connectBy(jwt({ role: "ci", mount: "oidc", ...way() }), "oidc", {
      role: "ci",
      jwt: "a.b.c",
    });
    expect(await at.read()).toMatchObject({ status: 200 });
  });

  test.each([async () => Promise.reject(new Error("canary")), async () => "", async () => undefined as never])(
    "a function that does not give one (%#)",
    async (give) => {
      const { answer } = await refusalBy(jwt({ role: "ci", jwt: give }));
      expect(answer).toMatchObject({ failure: "unauthenticated" });
      expect(JSON.stringify(answer)).not.toContain("canary");
    },
  );
});

describe("tokenFile", () => {
  test("is read again when it changes, and neither renewed nor revoked nor looked up", async () => {
    const at = await connect({}, {});
    const [first, second] = [at.vault.tokens.make({ ttl: 1000 }), at.vault.tokens.make({ ttl: 1000 })];
    const path = fileOf(`${first.value}\n`);
    utimesSync(path, 1, 1);
    const again = await connect({}, { login: tokenFile(path), address: at.address });
    await again.read();
    await again.read();
    writeFileSync(path, second.value);
    await again.read();
    await again.connection.close();
    const tokens = at.server.requests.map(({ headers }) => headers["x-vault-token"]);
    expect(tokens).toEqual([first.value, first.value, second.value]);
    await again.server.close();
    await at[Symbol.asyncDispose]();
  });

  test("whose token is dead, while no new one is there", async () => {
    const { answer, asked } = await refusalBy(tokenFile(fileOf("hvs.dead")));
    expect(answer).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining("in the file") });
    expect(asked).toHaveLength(2);
  });

  test("that cannot be looked at for a moment does not take the token away", async () => {
    const at = await connect({}, {});
    const path = fileOf(at.vault.root.value);
    const again = await connect({}, { login: tokenFile(path), address: at.address });
    await again.read();
    rmSync(path);
    expect(await again.read()).toMatchObject({ status: 200 });
    await again[Symbol.asyncDispose]();
    await at[Symbol.asyncDispose]();
  });
});

test.each([
  () => appRole({ roleId: "" }),
  () => appRole({ roleId: "r", secretId: "s", secretIdFile: "f" }),
  () => appRole({ roleId: "r", wrappedSecretId: { role: "app" } }),
  () => appRole({ roleId: "r", password: "canary" } as never),
  () => kubernetes({} as never),
  () => jwt({ role: "r" }),
  () => jwt({ role: "r", jwtFile: "f", jwt: async () => "x" }),
  () => tokenFile(""),
])("a mistake is told at once (%#)", (make) => {
  expect(make).toThrow(expect.objectContaining({ code: "invalid-options" }));
  expect(make).not.toThrow(/canary/);
});
