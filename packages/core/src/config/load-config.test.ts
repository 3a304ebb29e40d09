import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { memorySource } from "../built-in/memory-source.ts";
import { createSecrets } from "../client/create-secrets.ts";
import { configureSecrets } from "../client/process-default.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import { env, loadConfig, secret } from "./index.ts";

const Db = z.object({ username: z.string(), password: z.string() });

function recordedSecrets(values: Record<string, string>) {
  const source = memorySource(values);
  const refs: SecretRef[] = [];
  const read: typeof source.read = (ref, context) => {
    refs.push(ref);
    return source.read(ref, context);
  };
  return { secrets: createSecrets({ source: { ...source, read } }), refs };
}

describe("a config", () => {
  test("has secrets, variables and literals in the places of their items", async () => {
    const { secrets } = recordedSecrets({ db: '{"username":"app","password":"pw-1"}', stripe: "sk-1", relay: "r-1" });
    const config = await loadConfig(
      {
        database: secret("db", Db),
        stripe: secret("stripe"),
        port: env("PORT", z.coerce.number()),
        mode: "fast",
        mail: { relays: [secret("relay"), { host: env("HOST"), retries: 3, tls: true, proxy: null }] },
      },
      { secrets, env: { PORT: "8080", HOST: "mail.example" } },
    );
    expect(config.database.reveal()).toEqual({ username: "app", password: "pw-1" });
    expect(config.stripe.reveal()).toBe("sk-1");
    expect(config.port).toBe(8080);
    expect(config.mode).toBe("fast");
    expect(config.mail.relays[0].reveal()).toBe("r-1");
    expect(config.mail.relays[1]).toEqual({ host: "mail.example", retries: 3, tls: true, proxy: null });
    expect(Object.keys(config)).toEqual(["database", "stripe", "port", "mode", "mail"]);
  });

  test("asks for everything at once: all calls are made before any is answered", async () => {
    const names = ["a", "b", "c", "d"];
    const source = memorySource();
    const begun: string[] = [];
    const everybody = Promise.withResolvers<void>();
    const secrets = createSecrets({
      source: {
        ...source,
        async read({ name }) {
          begun.push(name);
          if (begun.length === names.length) everybody.resolve();
          await everybody.promise;
          return { payload: name };
        },
      },
    });
    const config = await loadConfig({ list: names.map((name) => secret(name)) }, { secrets });
    expect(begun).toEqual(names);
    expect(config.list.map((item) => item.reveal())).toEqual(names);
  });

  test("makes its calls of the instance in one turn, before loadConfig has returned", async () => {
    const { secrets } = recordedSecrets({ a: "1", b: "2" });
    const asked = vi.fn((name: string) => secrets.getSecret(name));
    const loading = loadConfig(
      { a: secret("a"), deep: { b: secret("b") } },
      // A stand-in, as somebody writes it for a test.
      { secrets: { getSecret: asked } as unknown as typeof secrets },
    );
    expect(asked.mock.calls.map(([name]) => name)).toEqual(["a", "b"]);
    await loading;
  });

  test("two fields of one secret, and one item in two places, are one read", async () => {
    const { secrets, refs } = recordedSecrets({ db: '{"user":"app","password":"pw-1"}' });
    const password = secret("db", { field: "password" });
    const config = await loadConfig({ user: secret("db", { field: "user" }), password, again: password }, { secrets });
    expect(refs).toEqual([{ name: "db", version: "current" }]);
    expect([config.user, config.password, config.again].map((item) => item.reveal())).toEqual(["app", "pw-1", "pw-1"]);
  });

  test("is frozen through and through, and what it was written with is not", async () => {
    const { secrets } = recordedSecrets({ a: "1" });
    const spec = {
      nested: { list: [{ a: secret("a") }] },
      hosts: env(
        "HOSTS",
        z.string().transform((text) => [text]),
      ),
    };
    const config = await loadConfig(spec, { secrets, env: { HOSTS: "h" } });
    const reached = [config, config.nested, config.nested.list, config.nested.list[0], config.hosts];
    expect(reached.every(Object.isFrozen)).toBe(true);
    expect([spec, spec.nested, spec.nested.list, spec.nested.list[0]].some(Object.isFrozen)).toBe(false);
  });

  test("leaves instances of classes as they are", async () => {
    class Level {
      #level = 3;
      settings = { verbose: true };
      get level() {
        return this.#level;
      }
    }
    const literals = { at: new Date(0), url: new URL("https://example.com"), map: new Map(), level: new Level() };
    const config = await loadConfig(literals);
    expect(Object.entries(config)).toEqual(Object.entries(literals));
    expect(config.level).toBe(literals.level);
    expect(Object.isFrozen(config.level.settings)).toBe(false);
    expect(config.level.level).toBe(3);
  });

  test("takes a secret that was read before as a literal", async () => {
    const { secrets } = recordedSecrets({ a: "1" });
    const read = await secrets.getSecret("a");
    expect((await loadConfig({ read })).read).toBe(read);
  });

  test("may be a list, and may be empty", async () => {
    const { secrets } = recordedSecrets({ a: "1" });
    const [first, second] = await loadConfig([secret("a"), 2], { secrets });
    expect([first.reveal(), second]).toEqual(["1", 2]);
    expect(await loadConfig({})).toEqual({});
  });

  test("can be loaded twice from one spec", async () => {
    const spec = { a: secret("a"), mode: env("MODE", { default: "slow" }) };
    for (const value of ["1", "2"]) {
      const { secrets } = recordedSecrets({ a: value });
      const config = await loadConfig(spec, { secrets, env: { MODE: value } });
      expect([config.a.reveal(), config.mode]).toEqual([value, value]);
    }
  });

  test("names what it requires to the instance's health, and not what is optional", async () => {
    const { secrets } = recordedSecrets({ a: "1" });
    await loadConfig({ a: secret("a"), b: secret("b", { optional: true }) }, { secrets });
    expect(secrets.health()).toEqual({ status: "ok", problems: [] });
    await expect(loadConfig({ c: secret("c") }, { secrets })).rejects.toThrow();
    expect(secrets.health().problems.map(({ secretName }) => secretName)).toEqual(["c"]);
  });
});

describe("without `secrets`", () => {
  const slot = Symbol.for("secretsource.default");
  const forget = () => Reflect.deleteProperty(globalThis, slot);
  beforeEach(forget);
  afterEach(() => {
    forget();
    vi.unstubAllEnvs();
  });

  test("the process's instance is asked", async () => {
    configureSecrets({ source: memorySource({ a: "1" }) });
    expect((await loadConfig({ a: secret("a") })).a.reveal()).toBe("1");
  });

  test("and the process's environment", async () => {
    vi.stubEnv("SECRETSOURCE_TEST_MODE", "fast");
    expect(await loadConfig({ mode: env("SECRETSOURCE_TEST_MODE") })).toEqual({ mode: "fast" });
  });

  test("none is needed where every secret is overridden or there is none", async () => {
    vi.stubEnv("SECRETSOURCE", undefined);
    const spec = { a: secret("a", { env: "A" }), port: env("PORT", { default: "80" }) };
    const config = await loadConfig(spec, { env: { A: "local" } });
    expect([config.a.reveal(), config.port]).toEqual(["local", "80"]);
  });

  test("where one is needed and missing, that is named beside everything else", async () => {
    vi.stubEnv("SECRETSOURCE", undefined);
    const loading = loadConfig({ a: secret("a"), port: env("PORT") }, { env: {} });
    await expect(loading).rejects.toMatchObject({
      code: "invalid-config",
      problems: [
        { path: "a", code: "not-configured", name: "a", reason: expect.stringContaining("configureSecrets(") },
        { path: "port", code: "not-found", name: "PORT" },
      ],
    });
  });
});

test("takes items of another copy of this package", async () => {
  const { secrets } = recordedSecrets({ a: "1" });
  vi.resetModules();
  const other = await import("./index.ts");
  expect(other.secret).not.toBe(secret);
  const config = await loadConfig({ a: other.secret("a"), b: other.env("B") }, { secrets, env: { B: "2" } });
  expect([config.a.reveal(), config.b]).toEqual(["1", "2"]);
});
