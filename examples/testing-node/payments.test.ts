import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertLeaksNothing, withTestSecrets } from "@secretsource/core/testing";
import { sign } from "./payments.ts";

const name = "production/shop/signing-key";

// Concurrent on purpose: each test has a process default of its own.
describe("signing", { concurrency: true }, () => {
  test("with the key of the store, which is asked once", () =>
    withTestSecrets({ [name]: "one" }, async ({ source }) => {
      const [first, second] = await Promise.all([sign("order 1"), sign("order 1")]);
      assert.deepEqual(first, second);
      assert.equal(source.calls.length, 1);
    }));

  test("with the new key within five minutes of a rotation", () =>
    withTestSecrets({ [name]: "one" }, async ({ source, clock }) => {
      assert.equal((await sign("order 1")).keyVersion, "1");
      source.rotate(name, "two");
      await clock.advance("5m");
      assert.equal((await sign("order 1")).keyVersion, "2");
    }));

  test("with the last key while the store is out, for an hour", () =>
    withTestSecrets({ [name]: "one" }, async ({ source, clock }) => {
      const { signature } = await sign("order 1");
      source.failAll("unavailable");
      await clock.advance("1h");
      assert.equal((await clock.until(sign("order 1"))).signature, signature);
      await clock.advance("5m");
      await assert.rejects(clock.until(sign("order 1")), { code: "stale-limit", retryable: true });
      source.assertAllUsed();
    }));
});

test("prints no key", () =>
  withTestSecrets({ [name]: "kX7qzpR2V9wT4bN8" }, async () => {
    await assertLeaksNothing(["kX7qzpR2V9wT4bN8"], () => sign("order 1"));
  }));
