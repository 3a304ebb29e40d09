import type { SecretSource } from "@secretsource/core/source";
import { beforeEach, expect, test, vi } from "vitest";

const loaded: string[] = [];

beforeEach(() => {
  vi.resetModules();
  loaded.length = 0;
  vi.doMock(import("../vault-calls.ts"), (original) => {
    loaded.push("what calls need");
    return original();
  });
  vi.doMock(import("../transport/node-vault-sdk.ts"), (original) => {
    loaded.push("the client");
    return original();
  });
});

const own = { address: "http://127.0.0.1:1", env: { VAULT_TOKEN: "token" } };

test.each<[string, (of: typeof import("../index.ts")) => SecretSource]>([
  ["vaultKv", (of) => of.vaultKv(own)],
  ["vaultKv of version 1", (of) => of.vaultKv({ ...own, version: 1 })],
  ["vaultDatabase", (of) => of.vaultDatabase(own)],
  ["vaultDatabase of static roles", (of) => of.vaultDatabase({ ...own, roles: "static" })],
])("%s: all that it needs is there after `load`, and not before", async (_, make) => {
  const source = make(await import("../index.ts"));
  expect(loaded).toEqual([]);
  await source.load?.();
  expect(loaded).toEqual(["what calls need", "the client"]);
  await source.close?.();
});
