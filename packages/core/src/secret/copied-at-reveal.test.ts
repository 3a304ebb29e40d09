import { describe, expect, test } from "vitest";
import { deepFreeze } from "../util/deep-freeze.ts";
import { CopiedAtReveal } from "./copied-at-reveal.ts";

/** What two reveals give, or undefined where the value is given as it is. */
function copiesOf<T>(value: T): readonly [T, T] | undefined {
  const held = CopiedAtReveal.of(value);
  return held instanceof CopiedAtReveal ? [held.copy(), held.copy()] : undefined;
}

describe("a value without bytes is given as it is:", () => {
  test.each([
    ["text", "text"],
    ["null", null],
    ["undefined", undefined],
    ["JSON", { list: [1, { a: null }] }],
    ["a map, which is the schema's own", new Map([["key", Uint8Array.of(1)]])],
    [
      "an instance of a class",
      new (class {
        readonly key = Uint8Array.of(1);
      })(),
    ],
  ])("%s", (_what, value) => {
    expect(copiesOf<unknown>(value)).toBeUndefined();
    expect(CopiedAtReveal.of(value)).toBe(value);
  });
});

describe("bytes are copied, wherever they are:", () => {
  test("alone, as what they are", () => {
    const [buffer, other] = copiesOf(Buffer.from("key")) ?? [];
    expect(Buffer.isBuffer(buffer)).toBe(true);
    buffer?.fill(0);
    expect(other?.toString()).toBe("key");
  });

  test("in objects and arrays, whose copies are frozen as they were", () => {
    const date = new Date(0);
    const value = deepFreeze({ keys: [{ id: "a", key: Buffer.from("one") }], until: date, plain: { n: 1 } });
    const [first, second] = copiesOf(value) ?? [];
    expect(first).toEqual(value);
    first?.keys[0]?.key.fill(0);
    expect(second?.keys[0]?.key.toString()).toBe("one");
    expect(value.keys[0]?.key.toString()).toBe("one");
    expect(first?.until).toBe(date);
    for (const part of [first, first?.keys, first?.keys[0], first?.plain]) expect(Object.isFrozen(part)).toBe(true);
  });

  test("keeping symbols, prototypes, holes and getters, which are not called", () => {
    const mark = Symbol("mark");
    const bare = Object.assign(Object.create(null), { key: Uint8Array.of(1) });
    const list = [Uint8Array.of(1)];
    list[2] = Uint8Array.of(3);
    let calls = 0;
    const value = Object.defineProperty({ [mark]: bare, list }, "late", {
      enumerable: true,
      get: () => {
        calls += 1;
        return 1;
      },
    });
    const [copy] = copiesOf(value) ?? [];
    expect(calls).toBe(0);
    expect(copy?.[mark]).toEqual(bare);
    expect(copy?.[mark]).not.toBe(bare);
    expect(Object.getPrototypeOf(copy?.[mark])).toBeNull();
    expect([copy?.list.length, 1 in (copy?.list ?? [])]).toEqual([3, false]);
    expect(Object.getOwnPropertyDescriptor(copy, "late")?.get).toBeTypeOf("function");
  });

  test("once where they stand twice, and in circles", () => {
    const key = Uint8Array.of(1);
    const value: { one: Uint8Array; two: Uint8Array; self?: unknown } = { one: key, two: key };
    value.self = value;
    const [copy] = copiesOf(value) ?? [];
    expect(copy?.one).toBe(copy?.two);
    expect(copy?.self).toBe(copy);
  });

  test("however deep", () => {
    let value: unknown = Uint8Array.of(1);
    for (let depth = 0; depth < 50_000; depth += 1) value = [value];
    const [first, second] = (copiesOf(value) ?? []) as [unknown[], unknown[]];
    expect(first[0] === second[0]).toBe(false);
  });
});
