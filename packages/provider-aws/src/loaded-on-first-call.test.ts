import type { SecretSource } from "@secretsource/core/source";
import { beforeEach, expect, test, vi } from "vitest";
import { testCredentials } from "../test/json-service.ts";

const loaded: string[] = [];

beforeEach(() => {
  vi.resetModules();
  loaded.length = 0;
  vi.doMock(import("@aws-sdk/client-secrets-manager"), noticed("the SDK of Secrets Manager"));
  vi.doMock(import("@aws-sdk/client-ssm"), noticed("the SDK of Parameter Store"));
  vi.doMock(import("./aws-failures.ts"), noticed("what reads"));
});

function noticed(what: string) {
  return <Module>(original: () => Promise<Module>): Promise<Module> => {
    loaded.push(what);
    return original();
  };
}

type Package = typeof import("./index.ts");

const own = { region: "eu-west-1", endpoint: "http://127.0.0.1:1", credentials: testCredentials };
const client = { getSecretValue: refused, batchGetSecretValue: refused, describeSecret: refused };
const parameterClient = {
  getParameter: refused,
  getParameters: refused,
  getParametersByPath: refused,
  describeParameters: refused,
};

async function refused(): Promise<never> {
  throw Object.assign(new Error("Refused"), { code: "ECONNREFUSED" });
}

const cases: readonly [string, (of: Package) => SecretSource, readonly string[]][] = [
  ["Secrets Manager", (of) => of.awsSecretsManager(own), ["the SDK of Secrets Manager", "what reads"]],
  ["Parameter Store", (of) => of.awsParameterStore(own), ["the SDK of Parameter Store", "what reads"]],
  ["Secrets Manager by a client that was handed in", (of) => of.awsSecretsManager({ client }), ["what reads"]],
  [
    "Parameter Store by a client that was handed in",
    (of) => of.awsParameterStore({ client: parameterClient }),
    ["what reads"],
  ],
  ["the agent", (of) => of.awsSecretsAgent({ url: "http://127.0.0.1:1", token: () => "token" }), ["what reads"]],
];

test.each(cases)("%s: the first call loads what it needs, and nothing else does", async (_, make, needed) => {
  const of = await import("./index.ts");
  await make(of).close?.();
  const source = make(of);
  expect(source.classify(new Error("Of nobody's"))).toBeUndefined();
  expect(loaded).toEqual([]);
  const context = { signal: AbortSignal.timeout(5000), bypassCaches: false };
  expect(await source.read({ name: "db", version: "current" }, context)).toMatchObject({ failure: "unavailable" });
  expect(loaded.toSorted()).toEqual(needed);
  await source.close?.();
});

test.each(cases)("%s: all that it needs is there after `load`", async (_, make, needed) => {
  const source = make(await import("./index.ts"));
  await source.load?.();
  expect(loaded.toSorted()).toEqual(needed);
  await source.close?.();
});
