import type { SecretSource } from "@secretsource/core/source";
import { beforeEach, expect, test, vi } from "vitest";

const loaded: string[] = [];

beforeEach(() => {
  vi.resetModules();
  loaded.length = 0;
  vi.doMock(import("@azure/keyvault-secrets"), noticed("the SDK"));
  vi.doMock(import("@azure/identity"), noticed("the credentials"));
  vi.doMock(import("./own-clients.ts"), noticed("what makes clients"));
  vi.doMock(import("./azure-failures.ts"), noticed("what reads"));
});

function noticed(what: string) {
  return <Module>(original: () => Promise<Module>): Promise<Module> => {
    loaded.push(what);
    return original();
  };
}

type Package = typeof import("./index.ts");

// Nobody listens there.
const vault = "https://127.0.0.1:1";
const credential = {
  getToken: async () => ({ token: "token", expiresOnTimestamp: Date.now() + 3_600_000 }),
};
const client = {
  vaultUrl: vault,
  async getSecret(): Promise<never> {
    throw Object.assign(new Error("Refused"), { name: "RestError", code: "ECONNREFUSED" });
  },
  listPropertiesOfSecretVersions(): never {
    throw new Error("Nobody asks for it");
  },
  async getDeletedSecret(): Promise<never> {
    throw new Error("Nobody asks for it");
  },
};

const cases: readonly [string, (of: Package) => SecretSource, readonly string[]][] = [
  [
    "with a credential",
    (of) => of.azureKeyVault({ vault, credential }),
    ["the SDK", "what makes clients", "what reads"],
  ],
  ["with a client that was handed in", (of) => of.azureKeyVault({ client }), ["what reads"]],
];

test.each(cases)("%s, the first call loads what it needs, and nothing else does", async (_, make, needed) => {
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

test.each(cases)("%s, all that it needs is there after `load`", async (_, make, needed) => {
  const source = make(await import("./index.ts"));
  await source.load?.();
  expect(loaded.toSorted()).toEqual(needed);
  await source.close?.();
});
