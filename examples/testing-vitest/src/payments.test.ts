import { assertLeaksNothing, withTestSecrets } from "@secretsource/core/testing";
import { expect, test } from "vitest";
import { sign } from "./payments.ts";

const name = "production/shop/signing-key";

// Concurrent on purpose: each test has a process default of its own.
test.concurrent("signs with the key of the store, which is asked once", () =>
  withTestSecrets({ [name]: "one" }, async ({ source }) => {
    const [first, second] = await Promise.all([sign("order 1"), sign("order 1")]);
    expect(first).toEqual(second);
    expect(source.calls).toMatchObject([{ method: "read", name }]);
  }));

test.concurrent("signs with the new key within five minutes of a rotation", () =>
  withTestSecrets({ [name]: "one" }, async ({ source, clock }) => {
    expect((await sign("order 1")).keyVersion).toBe("1");
    source.rotate(name, "two");
    await clock.advance("5m");
    expect((await sign("order 1")).keyVersion).toBe("2");
  }));

test.concurrent("goes on with the last key while the store is out, for an hour", () =>
  withTestSecrets({ [name]: "one" }, async ({ source, clock }) => {
    const { signature } = await sign("order 1");
    source.failAll("unavailable");
    await clock.advance("1h");
    expect((await clock.until(sign("order 1"))).signature).toBe(signature);
    await clock.advance("5m");
    await expect(clock.until(sign("order 1"))).rejects.toMatchObject({ code: "stale-limit", retryable: true });
    source.assertAllUsed();
  }));

test("prints no key", () =>
  withTestSecrets({ [name]: "kX7qzpR2V9wT4bN8" }, async () => {
    await assertLeaksNothing(["kX7qzpR2V9wT4bN8"], () => sign("order 1"));
  }));
