import { utimesSync, writeFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { connect } from "../../test/connect.ts";
import { FakeLogin } from "../../test/fake/fake-logins.ts";
import { temporaryFiles } from "../../test/temporary-files.ts";
import { appRole, tokenFile } from "./index.ts";

const { fileOf, remove } = temporaryFiles();
afterAll(remove);

test("a wrapped secret id is opened once, though two connections log in by it at the same time", async () => {
  await using at = await connect({});
  const { vault } = at;
  vault.mounts.set("auth/approle/", new FakeLogin(vault.tokens, {}, () => undefined));
  const token = vault.wrapping.wrap({ secret_id: "s" }, "auth/approle/role/app/secret-id");
  const login = appRole({ roleId: "r", wrappedSecretId: { role: "app", token } });
  await using one = await connect({}, { login, address: at.address });
  await using other = await connect({}, { login, address: at.address });
  const answers = await Promise.all([one.read(), other.read()]);
  expect(answers.map(({ failure }) => failure)).toEqual([undefined, undefined]);
  expect(at.count(/wrapping\/unwrap/)).toBe(1);
});

test("a wrapping token with a line end is a mistake in the options, and no theft", () => {
  const wrappedSecretId = { role: "app", token: "hvs.canary\n" };
  expect(() => appRole({ roleId: "r", wrappedSecretId })).toThrow(
    expect.objectContaining({ code: "invalid-options", message: expect.not.stringContaining("canary") }),
  );
});

test("a new token in the file is taken by each connection that shares the login", async () => {
  await using at = await connect({});
  const [first, second] = [at.vault.tokens.make().value, at.vault.tokens.make().value];
  const file = fileOf(first);
  const login = tokenFile(file);
  await using one = await connect({}, { login, address: at.address });
  await using other = await connect({}, { login, address: at.address });
  await Promise.all([one.read(), other.read()]);
  writeFileSync(file, second);
  utimesSync(file, new Date(), new Date(Date.now() + 5000));
  await one.read();
  await other.read();
  const tokens = at.server.requests.map(({ headers }) => headers["x-vault-token"]);
  expect(tokens).toEqual([first, first, second, second]);
});
