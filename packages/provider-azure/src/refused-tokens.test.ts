import { createSecrets } from "@secretsource/core";
import { afterEach, expect, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { hasToken, startVault, withFake } from "../test/with-fake.ts";
import { azureDefaults } from "./defaults.ts";

afterEach(() => void vi.useRealTimers());

/** From now on, this much later; only what looks at the date notices. */
function later(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

test("a token that the vault no longer accepts is replaced within the read, by one login", async () => {
  const { entra, vault, server, source } = await withFake();
  vault.set("db", "1");
  await ask(source, "db");
  vault.revoked.add(entra.issued[0] as string);
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(entra.logins).toBe(2);
  expect(server.requests.map(hasToken)).toEqual([false, true, true, true]);
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect([entra.logins, server.requests.length]).toEqual([2, 5]);
});

test("eight reads that hear of it at once share that login", async () => {
  const { entra, vault, source, calls } = await withFake();
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
  for (const name of names) vault.set(name, name);
  await Promise.all(names.map((name) => ask(source, name)));
  vault.revoked.add(entra.issued[0] as string);
  const read = await Promise.all(names.map((name) => ask(source, name)));
  expect(read.map((record) => "payload" in record && record.payload)).toEqual(names);
  expect([entra.logins, calls().length]).toEqual([2, 24]);
});

test("a vault that refuses every token leads to one login a minute, and is asked each time", async () => {
  const { entra, vault, source, calls } = await withFake();
  vault.set("db", "1");
  await ask(source, "db");
  vault.refusesAll = true;
  for (let n = 0; n < 5; n += 1) {
    expect(await ask(source, "db")).toMatchObject({
      failure: "unauthenticated",
      advice: expect.stringContaining("does not accept the token"),
    });
  }
  expect([entra.logins, calls().length]).toEqual([2, 11]);
  later(azureDefaults.tokenSpacingMs + 1);
  for (let n = 0; n < 3; n += 1) expect(await ask(source, "db")).toMatchObject({ failure: "unauthenticated" });
  expect(entra.logins).toBe(3);
  vault.refusesAll = false;
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(entra.logins).toBe(3);
});

test("where no other token can be had, the vault has the last word", async () => {
  const { entra, vault, source } = await withFake();
  vault.set("db", "1");
  await ask(source, "db");
  vault.revoked.add(entra.issued[0] as string);
  await entra.server.inject("unavailable");
  expect(await ask(source, "db")).toMatchObject({ failure: "unauthenticated", native: { status: 401 } });
  await entra.server.heal();
  vault.revoked.clear();
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
});

test("a token that one vault refuses is good for the others", async () => {
  const { entra, vault, source, ...own } = await withFake();
  const other = await startVault(entra, { name: "shared" });
  const both = await withFake({ otherVaults: [other.server.url], credential: own.credential });
  other.set("db", "other's");
  both.vault.set("db", "own");
  const readBoth = () => Promise.all([ask(both.source, "db"), ask(both.source, `${other.server.url}/secrets/db`)]);
  expect(await readBoth()).toMatchObject([{ payload: "own" }, { payload: "other's" }]);
  other.refusesAll = true;
  for (let n = 0; n < 3; n += 1) {
    expect(await readBoth()).toMatchObject([{ payload: "own" }, { failure: "unauthenticated" }]);
  }
  expect(entra.logins).toBe(2);
  expect(both.calls()).toHaveLength(4);
  await other.server.close();
});

test("a token that ends midway is replaced, and no reader hears of it", async () => {
  const { entra, vault, source } = await withFake();
  vault.set("db", "1");
  const secrets = createSecrets({ source });
  await secrets.getSecret("db");
  later(entra.lifetimeMs - 500);
  expect((await secrets.getSecret("db", { refresh: true })).stale).toBeUndefined();
  expect(entra.logins).toBe(2);
  await secrets.close();
});
