import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deepFreeze } from "./deep-freeze.ts";

function everyContainer(value: unknown, found: object[] = []): object[] {
  if (typeof value !== "object" || value === null) return found;
  found.push(value);
  for (const child of Object.values(value)) everyContainer(child, found);
  return found;
}

describe("what it freezes", () => {
  test("every object and array of parsed JSON, and returns the same value unchanged", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        expect(deepFreeze(value)).toBe(value);
        expect(everyContainer(value).every(Object.isFrozen)).toBe(true);
        expect(value).toEqual(JSON.parse(text));
      }),
    );
  });

  test("a payload nested 100,000 levels deep", () => {
    const levels = 100_000;
    const value: unknown = JSON.parse(`${'[{"a":'.repeat(levels / 2)}1${"}]".repeat(levels / 2)}`);
    deepFreeze(value);
    let depth = 0;
    for (let node = value; typeof node === "object" && node !== null; node = Object.values(node)[0]) {
      if (!Object.isFrozen(node)) expect.fail(`not frozen at depth ${depth}`);
      depth += 1;
    }
    expect(depth).toBe(levels);
  });

  test("cycles, once", () => {
    const ring: { self?: unknown; list: unknown[] } = { list: [] };
    ring.self = ring;
    ring.list.push(ring, ring.list);
    deepFreeze(ring);
    expect(Object.isFrozen(ring) && Object.isFrozen(ring.list)).toBe(true);
  });

  test("what hangs below something that was frozen before", () => {
    const inner = { changeable: true };
    deepFreeze(Object.freeze({ list: Object.freeze([inner]) }));
    expect(Object.isFrozen(inner)).toBe(true);
  });

  test("own `__proto__` keys, without touching a prototype", () => {
    const value = JSON.parse('{"__proto__":{"polluted":{"deep":1}},"constructor":{"prototype":{"x":1}}}');
    deepFreeze(value);
    const own: unknown = Object.getOwnPropertyDescriptor(value, "__proto__")?.value;
    expect(Object.isFrozen(own)).toBe(true);
    expect(Object.isFrozen((own as { polluted: object }).polluted)).toBe(true);
    expect(Object.isFrozen(value.constructor.prototype)).toBe(true);
    expect(Object.isFrozen(Object.prototype)).toBe(false);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("objects without a prototype, symbol keys and hidden properties", () => {
    const key = Symbol("key");
    const bare = Object.assign(Object.create(null), { child: {}, [key]: {} });
    const hidden = {};
    Object.defineProperty(bare, "hidden", { value: hidden });
    deepFreeze(bare);
    expect([bare, bare.child, bare[key], hidden].every(Object.isFrozen)).toBe(true);
  });

  test("arrays with holes", () => {
    const sparse: unknown[] = [];
    sparse[5] = {};
    expect(Object.isFrozen(deepFreeze(sparse)[5])).toBe(true);
  });
});

describe("what it leaves alone", () => {
  class Account {
    inner = { open: true };
  }
  class Rows extends Array<object> {}

  const foreign: [string, object][] = [
    ["bytes", new Uint8Array([1, 2])],
    ["a Buffer", Buffer.from("ab")],
    ["a Map", new Map([["a", {}]])],
    ["a Set", new Set([{}])],
    ["a Date", new Date(0)],
    ["a URL", new URL("file:///x")],
    ["an instance of a class", new Account()],
    ["an heir of Array", new Rows({})],
    ["an object made from another", Object.create({ base: true })],
  ];

  test.each(foreign)("%s", (_, value) => {
    deepFreeze({ list: [value] });
    expect(Object.isFrozen(value)).toBe(false);
    expect(Object.isExtensible(value)).toBe(true);
  });

  test("what such an object holds", () => {
    const account = new Account();
    deepFreeze({ account });
    expect(Object.isFrozen(account.inner)).toBe(false);
  });

  test("getters: not called", () => {
    let calls = 0;
    const value = {
      get trap(): never {
        calls += 1;
        throw new Error("called");
      },
    };
    expect(Object.isFrozen(deepFreeze(value))).toBe(true);
    expect(calls).toBe(0);
  });

  test.each([undefined, null, 0, "text", true, 10n, Symbol.iterator])("a primitive: %s", (value) => {
    expect(deepFreeze(value)).toBe(value);
  });
});
