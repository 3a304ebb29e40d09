import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as first from "../src/index.ts";
import { forgetDefault } from "./forget-default.ts";
import { refusal, thrownBy } from "./outcomes.ts";
import { scriptedSource } from "./scripted-source.ts";

// As the ESM and the CJS build of the package in one process, or two versions in one tree of dependencies.
let second: typeof first;

beforeEach(async () => {
  forgetDefault();
  vi.resetModules();
  second = await import("../src/index.ts");
});

afterEach(() => {
  vi.unstubAllEnvs();
  forgetDefault();
});

test("they are two copies", () => {
  expect(second.createSecrets).not.toBe(first.createSecrets);
  expect(second.SecretsError).not.toBe(first.SecretsError);
});

test("what one configures, the other uses", async () => {
  const source = scriptedSource("value");
  first.configureSecrets({ source });
  expect((await second.getSecret("db")).reveal()).toBe("value");
  expect((await first.getSecret("db")).reveal()).toBe("value");
  expect(source.calls).toHaveLength(1);
});

test("configuring in both is configuring twice", async () => {
  first.configureSecrets({ source: scriptedSource("first") });
  expect(thrownBy(() => second.configureSecrets({ source: scriptedSource("second") })).code).toBe("invalid-options");
  second.configureSecrets({ source: scriptedSource("second"), replace: true });
  expect((await first.getSecret("db")).reveal()).toBe("second");
});

test("what one took from SECRETSOURCE, the other uses", async () => {
  vi.stubEnv("SECRETSOURCE", "env:");
  vi.stubEnv("SHARED", "value");
  await first.getSecret("shared");
  vi.stubEnv("SECRETSOURCE", undefined);
  expect((await second.getSecret("shared")).reveal()).toBe("value");
});

test("each recognises the other's errors", async () => {
  first.configureSecrets({ source: scriptedSource({ failure: "not-found" }) });
  const error = await refusal(second.getSecret("db"));
  expect(error instanceof second.SecretsError).toBe(false);
  expect(second.isSecretsError(error)).toBe(true);
  expect(first.isSecretsError(new second.SecretsError({ code: "unknown" }))).toBe(true);
});

test("an error of one that a source of the other throws is a failure like any", async () => {
  const error = new second.SecretsError({ code: "access-denied", advice: "Grant it." });
  const source = scriptedSource(() => Promise.reject(error));
  expect(await refusal(first.createSecrets({ source }).getSecret("db"))).toMatchObject({ code: "unknown" });
});

test("a fallback and a scheme of one serve the other", async () => {
  const source = second.fallback([scriptedSource({ failure: "throttled" }), second.memorySource({ db: "value" })]);
  expect((await first.createSecrets({ source }).getSecret("db")).reveal()).toBe("value");
  vi.stubEnv("FROM_OTHER", "value");
  const secrets = first.createSecrets({ from: "env:", schemes: [second.envSource] });
  expect((await secrets.getSecret("from/other")).reveal()).toBe("value");
});

test("a redacted secret of one is redacted for the other", async () => {
  first.configureSecrets({ source: scriptedSource("hunter2") });
  expect(JSON.stringify(await second.getSecret("db"))).toBe('"[secret db: call reveal()]"');
});
