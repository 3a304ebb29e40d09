import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { CopiedAtReveal } from "./copied-at-reveal.ts";
import { RedactedSecret } from "./redacted-secret.ts";
import type { Secret } from "./secret.ts";

const facts = {
  name: "prod/db",
  version: "v7",
  fetchedAt: 1_700_000_000_000,
  metadata: Object.freeze({ owner: "team-a" }),
};

test("reveal gives the value, and a copy where there are bytes in it", () => {
  const shared = { fresh: false };
  expect(new RedactedSecret(facts, shared).reveal()).toBe(shared);
  const secret = new RedactedSecret(facts, CopiedAtReveal.of(Uint8Array.of(1)));
  expect(secret.reveal()).toEqual(Uint8Array.of(1));
  expect(secret.reveal()).not.toBe(secret.reveal());
});

test("the facts can be read", () => {
  const { name, version, fetchedAt, metadata, stale } = new RedactedSecret(facts, "x");
  expect({ name, version, fetchedAt, metadata, stale }).toEqual({ ...facts, stale: undefined });
  const old = new RedactedSecret({ ...facts, version: undefined }, "x", "unavailable");
  expect([old.version, old.stale]).toEqual([undefined, "unavailable"]);
});

test("nothing can be changed or added", () => {
  const secret = new RedactedSecret(facts, "x");
  expect(() => Object.assign(secret, { name: "other" })).toThrow(TypeError);
  expect(() => Object.assign(secret, { extra: 1 })).toThrow(TypeError);
  expect(() => Object.defineProperty(secret, "reveal", { value: () => "y" })).toThrow(TypeError);
  expect(Object.isFrozen(secret)).toBe(true);
});

test("the type keeps the value's", () => {
  const secret: Secret<number> = new RedactedSecret(facts, 1);
  expectTypeOf(secret.reveal()).toEqualTypeOf<number>();
  expectTypeOf<Secret<string>>().not.toExtend<string>();
  expectTypeOf<Secret<"a">>().toExtend<Secret<string>>();
});

describe("how it prints", () => {
  test("with its name", () => {
    expect(String(new RedactedSecret(facts, "x"))).toBe("[secret prod/db: call reveal()]");
  });

  test("on one line, whatever the name", () => {
    const secret = new RedactedSecret({ ...facts, name: "a\n\u202eb" }, "x");
    expect(`${secret}`).toBe("[secret a\\n\\u202eb: call reveal()]");
    const long = new RedactedSecret({ ...facts, name: "x".repeat(2048) }, "x");
    expect(`${long}`.length).toBeLessThan(320);
  });

  test("without asking for the value", () => {
    const touched = vi.fn();
    const value = new Proxy({}, { get: touched, ownKeys: touched, getPrototypeOf: touched });
    const secret = new RedactedSecret(facts, value);
    void [`${secret}`, JSON.stringify(secret), String(secret), `${secret}` === "x", Object.entries(secret)];
    expect(touched).not.toHaveBeenCalled();
  });
});
