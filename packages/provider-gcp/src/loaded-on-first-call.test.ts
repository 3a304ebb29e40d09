import type { SecretSource } from "@secretsource/core/source";
import { beforeEach, expect, test, vi } from "vitest";

const loaded: string[] = [];

beforeEach(() => {
  vi.resetModules();
  loaded.length = 0;
  vi.doMock(import("@google-cloud/secret-manager"), noticed("the SDK"));
  vi.doMock(import("google-gax"), noticed("what the SDK stands on"));
  vi.doMock(import("./rest-sender.ts"), noticed("a transport"));
  vi.doMock(import("./gcp-failures.ts"), noticed("what reads"));
});

function noticed(what: string) {
  return <Module>(original: () => Promise<Module>): Promise<Module> => {
    loaded.push(what);
    return original();
  };
}

type Package = typeof import("./index.ts");

// Nobody listens there.
const own = { projectId: "nobodys", endpoint: "http://127.0.0.1:1" };
const client = {
  accessSecretVersion: refused,
  getSecretVersion: refused,
  listSecretVersions: refused,
  getSecret: refused,
};

async function refused(): Promise<never> {
  throw Object.assign(new Error("No connection established"), { code: 14 });
}

const allOfOurs = ["a transport", "the SDK", "what reads", "what the SDK stands on"];

const cases: readonly [string, (of: Package) => SecretSource, readonly string[]][] = [
  ["over gRPC", (of) => of.gcpSecretManager(own), allOfOurs],
  ["over REST", (of) => of.gcpSecretManager({ ...own, transport: "rest" }), allOfOurs],
  [
    "with a client that was handed in",
    (of) => of.gcpSecretManager({ client, projectId: own.projectId }),
    ["what reads"],
  ],
];

test.each(cases)("%s, the first call loads what it needs, and nothing else does", async (_, make, needed) => {
  const of = await import("./index.ts");
  await make(of).close?.();
  const source = make(of);
  expect(source.classify(new Error("Of nobody's"), "read")).toBeUndefined();
  expect(loaded).toEqual([]);
  const context = { signal: AbortSignal.timeout(5000), bypassCaches: false };
  expect(await source.read({ name: "db", version: "current" }, context)).toMatchObject({ failure: "unavailable" });
  expect(loaded.toSorted()).toEqual(needed);
  await source.close?.();
});

test.each(cases)("%s, all that it needs is there after `load`", async (_, make, needed) => {
  const source = make(await import("./index.ts"));
  await source.load?.();
  expect(loaded.toSorted()).toEqual(needed);
  await source.close?.();
});
