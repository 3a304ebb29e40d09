import { describe, expectTypeOf, test } from "vitest";
import {
  configureSecrets,
  createSecrets,
  type Duration,
  envSource,
  fallback,
  fileSource,
  getSecret,
  memorySource,
  type Secrets,
  type SecretsOptions,
} from "../src/index.ts";
import type { SecretSource } from "../src/source/index.ts";
import { virtualClock } from "../src/testing/index.ts";

// Types alone: the functions that are given to `expectTypeOf` are not called.
declare const source: SecretSource;
declare const durationOfUnknownText: string;

describe("createSecrets", () => {
  test("takes one source, several, or a URI", () => {
    expectTypeOf(() => createSecrets({ source })).returns.toEqualTypeOf<Secrets>();
    expectTypeOf(() => createSecrets({ source: envSource({ prefix: "APP_" }) })).returns.toEqualTypeOf<Secrets>();
    expectTypeOf(() => createSecrets({ source: fallback([source, memorySource()]) })).returns.toEqualTypeOf<Secrets>();
    expectTypeOf(() => createSecrets({ sources: { aws: source, local: envSource() }, default: "aws" })).toBeFunction();
    expectTypeOf(() => createSecrets({ sources: { both: fallback([source]) } })).toBeFunction();
    expectTypeOf(() =>
      createSecrets({ from: process.env.SECRETSOURCE, schemes: [envSource, fileSource] }),
    ).toBeFunction();
    expectTypeOf(() => createSecrets({ source, ttl: "1m", perSource: { env: { ttl: "5s" } } })).toBeFunction();
    expectTypeOf(() => createSecrets({ source, clock: virtualClock() })).toBeFunction();
    const names: Record<string, SecretSource> = {};
    expectTypeOf(() => createSecrets({ sources: names, default: "any" })).toBeFunction();
    expectTypeOf((options: SecretsOptions) => createSecrets(options)).returns.toEqualTypeOf<Secrets>();
  });

  test("narrows `default` to the names of `sources`", () => {
    const refused = () => {
      // @ts-expect-error there is no such source
      createSecrets({ sources: { aws: source, local: source }, default: "azure" });
      // @ts-expect-error one source needs no default
      createSecrets({ source, default: "env" });
      // @ts-expect-error a URI neither
      createSecrets({ from: "env:", default: "env" });
    };
    expectTypeOf(refused).returns.toBeVoid();
  });

  test("refuses what contradicts itself or is no option", () => {
    const refused = () => {
      // @ts-expect-error nothing
      createSecrets();
      // @ts-expect-error no source
      createSecrets({});
      // @ts-expect-error two ways
      createSecrets({ source, sources: { a: source } });
      // @ts-expect-error two ways
      createSecrets({ source, from: "env:" });
      // @ts-expect-error schemes go with `from`
      createSecrets({ source, schemes: [envSource] });
      // @ts-expect-error a factory that was not called
      createSecrets({ source: memorySource });
      // @ts-expect-error text
      createSecrets({ source: "env:" });
      // @ts-expect-error a typing mistake
      createSecrets({ source, tll: "5m" });
      // @ts-expect-error of createSecrets, not configureSecrets
      createSecrets({ source, replace: true });
      // @ts-expect-error a sources's settings are closed
      createSecrets({ source, perSource: { env: { refresh: true } } });
    };
    expectTypeOf(refused).returns.toBeVoid();
  });
});

test("configureSecrets takes the same, and `replace`", () => {
  expectTypeOf(() => configureSecrets({ source, replace: true })).returns.toEqualTypeOf<Secrets>();
  expectTypeOf(() => configureSecrets({ sources: { a: source, b: source }, default: "b" })).toBeFunction();
  const refused = () => {
    // @ts-expect-error there is no such source
    configureSecrets({ sources: { aws: source }, default: "azure" });
    // @ts-expect-error no boolean
    configureSecrets({ source, replace: "yes" });
  };
  expectTypeOf(refused).returns.toBeVoid();
});

test("an instance has getSecret as the root has it, and is disposable", () => {
  expectTypeOf<Secrets["getSecret"]>().toEqualTypeOf<typeof getSecret>();
  expectTypeOf<Secrets>().toMatchTypeOf<AsyncDisposable>();
  expectTypeOf<Secrets["close"]>().returns.resolves.toBeVoid();
});

describe("a duration is written with its unit:", () => {
  test("these are", () => {
    for (const _ of ["250ms", "0s", "30s", "5m", "1h", "7d", "366d"] satisfies Duration[]);
    expectTypeOf<"5m">().toMatchTypeOf<Duration>();
    expectTypeOf<"120ms">().toMatchTypeOf<Duration>();
  });

  test("these are not", () => {
    expectTypeOf<5000>().not.toMatchTypeOf<Duration>();
    expectTypeOf<"5">().not.toMatchTypeOf<Duration>();
    expectTypeOf<"5min">().not.toMatchTypeOf<Duration>();
    expectTypeOf<"5 m">().not.toMatchTypeOf<Duration>();
    expectTypeOf<" 5m">().not.toMatchTypeOf<Duration>();
    expectTypeOf<"-5m">().not.toMatchTypeOf<Duration>();
    expectTypeOf<"+5m">().not.toMatchTypeOf<Duration>();
    expectTypeOf<"-55m">().not.toMatchTypeOf<Duration>();
    expectTypeOf<"1.5h">().not.toMatchTypeOf<Duration>();
    expectTypeOf<"1e3ms">().not.toMatchTypeOf<Duration>();
    expectTypeOf<"0x10s">().not.toMatchTypeOf<Duration>();
    expectTypeOf<"m">().not.toMatchTypeOf<Duration>();
    expectTypeOf<"">().not.toMatchTypeOf<Duration>();
    expectTypeOf<string>().not.toMatchTypeOf<Duration>();
    expectTypeOf<undefined>().not.toMatchTypeOf<Duration>();
  });

  test("where options take one", () => {
    const refused = () => {
      // @ts-expect-error a bare number
      createSecrets({ source, ttl: 300_000 });
      // @ts-expect-error no unit
      createSecrets({ source, ttl: "300" });
      // @ts-expect-error any text
      createSecrets({ source, ttl: durationOfUnknownText });
      // @ts-expect-error a sign
      createSecrets({ sources: { a: source }, perSource: { a: { ttl: "-5m" } } });
      // @ts-expect-error a blank
      void getSecret("x", { maxAge: "5 m" });
    };
    expectTypeOf(refused).returns.toBeVoid();
  });
});
