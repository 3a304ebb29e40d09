import { expect, test, vi } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { thrownBy } from "../../test/outcomes.ts";
import { envSource } from "./env-source.ts";

test.each([
  ["production/myapp/db", "PRODUCTION_MYAPP_DB"],
  ["stripe-key.v2", "STRIPE_KEY_V2"],
  ["a--b", "A__B"],
  ["ßé1😀", "___1_".slice(1)],
  ["constructor", "CONSTRUCTOR"],
])("finds %s in %s", async (name, variable) => {
  await expect(ask(envSource({ env: { [variable]: "x" } }), name)).resolves.toEqual({ payload: "x" });
  await expect(ask(envSource({ prefix: "App_", env: { [`App_${variable}`]: "y" } }), name)).resolves.toEqual({
    payload: "y",
  });
});

test("`names` gives a variable of its own, without the prefix", async () => {
  const source = envSource({
    prefix: "APP_",
    names: { "production/db": "dbUrl" },
    env: { dbUrl: "x", APP_PRODUCTION_DB: "y" },
  });
  await expect(ask(source, "production/db")).resolves.toEqual({ payload: "x" });
});

test("an empty value is a value, an unset variable is absent, with both forms in the advice", async () => {
  const source = envSource({ env: { EMPTY: "", UNDEFINED: undefined } });
  await expect(ask(source, "empty")).resolves.toEqual({ payload: "" });
  await expect(failureOf(ask(source, "undefined"))).resolves.toMatch(/^not-found: Set the variable "UNDEFINED", or/);
  await expect(failureOf(ask(source, "missing"))).resolves.toMatch(/^not-found: Set the variable "MISSING", or/);
});

test("what objects inherit is no variable", async () => {
  const source = envSource({ names: { a: "constructor", b: "__proto__", c: "toString" } });
  for (const name of ["a", "b", "c"]) {
    await expect(failureOf(ask(source, name))).resolves.toMatch(/^not-found/);
  }
  await expect(failureOf(ask(envSource({ env: Object.create({ A: "x" }) }), "a"))).resolves.toMatch(/^not-found/);
});

test("looks into process.env at every read", async () => {
  const source = envSource();
  vi.stubEnv("SECRETSOURCE_TEST_KEY", "one");
  await expect(ask(source, "secretsource/test-key")).resolves.toEqual({ payload: "one" });
  vi.stubEnv("SECRETSOURCE_TEST_KEY", "two");
  await expect(ask(source, "secretsource/test-key")).resolves.toEqual({ payload: "two" });
  vi.unstubAllEnvs();
  await expect(failureOf(ask(source, "secretsource/test-key"))).resolves.toMatch(/^not-found/);
});

test("a name without a letter or digit has no variable", async () => {
  const source = envSource({ names: { 日本: "JAPAN" }, env: { JAPAN: "x", _: "/bin/node" } });
  await expect(failureOf(ask(source, "/"))).resolves.toMatch(/^invalid-request: "\/" has no letter or digit/);
  await expect(ask(source, "日本")).resolves.toEqual({ payload: "x" });
});

test("knows current versions alone, and promises no more", async () => {
  const source = envSource({ env: { A: "x" } });
  expect(source.traits).toEqual({ stages: ["current"], versionIds: false, labels: false, binary: true, mints: false });
  for (const version of ["previous", "pending", { id: "1" }, { label: "x" }] as const) {
    await expect(failureOf(ask(source, "a", version))).resolves.toMatch(/^unsupported/);
  }
});

test("does nothing after an abort", async () => {
  const reason = new Error("enough");
  const env = new Proxy({}, { getOwnPropertyDescriptor: () => expect.unreachable() });
  await expect(ask(envSource({ env }), "a", "current", AbortSignal.abort(reason))).rejects.toBe(reason);
});

test("is named by a URI", async () => {
  vi.stubEnv("MYAPP_URI_KEY", "x");
  expect(envSource.scheme).toBe("env");
  await expect(ask(envSource.fromUri("env:"), "myapp/uri-key")).resolves.toEqual({ payload: "x" });
  await expect(ask(envSource.fromUri("env:?prefix=MYAPP_"), "uri-key")).resolves.toEqual({ payload: "x" });
  vi.unstubAllEnvs();
});

test.each([
  ["env:MYAPP_", "no path: write `env:?prefix=MYAPP_`"],
  ["env:?prefx=a", "known: prefix"],
  ["env:?prefix=a b", "blank"],
  ["env:?prefix=1", "`prefix` of envSource"],
  ["file:./a", "must begin with `env:`"],
])("refuses the URI %s", (uri, complaint) => {
  expect(thrownBy(() => envSource.fromUri(uri)).message).toContain(complaint);
});

test.each([
  [{ prefix: "MY APP" }, "`prefix`"],
  [{ prefix: 1 }, "`prefix`"],
  [{ prefix: "A=" }, "`prefix`"],
  [{ names: [] }, "`names`"],
  [{ names: { a: "" } }, "`names`"],
  [{ names: { a: "A=B" } }, "`names`"],
  [{ names: { a: 1 } }, "`names`"],
  [{ names: { a: "A", b: "A" } }, "gives the variable A to two secrets"],
  [{ env: "A=1" }, "`env`"],
  [{ env: null }, "`env`"],
  [{ envs: {} }, "there are prefix, names, env"],
])("refuses the options of case %#", (options, complaint) => {
  const error = thrownBy(() => envSource(options as object));
  expect(error.code).toBe("invalid-options");
  expect(error.message).toContain(complaint);
});

test("refuses options whose getters throw", () => {
  const throwing = {
    get a(): string {
      throw new Error("hunter2");
    },
  };
  for (const options of [
    { names: throwing },
    Object.defineProperty({}, "prefix", { get: () => throwing.a, enumerable: true }),
  ]) {
    const error = thrownBy(() => envSource(options));
    expect(error.code).toBe("invalid-options");
    expect(error.stack).not.toContain("hunter2");
  }
});
