import { describe, expect, test } from "vitest";
import { refusal, within } from "../../test/outcomes.ts";
import { schemaThat } from "../../test/schema-that.ts";
import { hangs } from "../../test/scripted-source.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { Decoded } from "./decoded.ts";
import { plainText, type Reading } from "./reading.ts";

function reading(part: Partial<Reading>): Reading {
  return { ...plainText, ...part };
}

/** A schema that counts, and gives a new object at every call. */
function counting() {
  const asked: unknown[] = [];
  const schema = schemaThat((value) => {
    asked.push(value);
    return { value: { number: asked.length } };
  });
  return { schema, asked };
}

describe("a payload", () => {
  test("is decoded once for each reading", async () => {
    const decoded = new Decoded('{"a":{"b":1}}', { clock: virtualClock() });
    const readings = [reading({ as: "json" }), reading({ as: "json", field: "a" }), plainText];
    const values = await Promise.all(readings.map((one) => decoded.value(one)));
    expect(values).toEqual([{ a: { b: 1 } }, { b: 1 }, '{"a":{"b":1}}']);
    expect(await decoded.value(reading({ as: "json" }))).toBe(values[0]);
  });

  test("tells a field from none, and fields from each other", async () => {
    const decoded = new Decoded('{"":"empty","a":"A",".a":"dotted"}', { clock: virtualClock() });
    const fields = await Promise.all(["", "a", ".a"].map((field) => decoded.value(reading({ field }))));
    expect(fields).toEqual(["empty", "A", "dotted"]);
  });

  test("is validated once by each schema, for each reading", async () => {
    const { schema, asked } = counting();
    const decoded = new Decoded('{"a":"A"}', { clock: virtualClock() });
    const both = [reading({ schema }), reading({ schema, field: "a" }), reading({ schema })];
    const values = await Promise.all(both.map((one) => decoded.value(one)));
    expect(values).toEqual([{ number: 1 }, { number: 2 }, { number: 1 }]);
    expect(asked).toEqual([{ a: "A" }, "A"]);
  });

  test("takes any number of readings", async () => {
    const decoded = new Decoded(
      JSON.stringify(
        Object.fromEntries(
          Array(200)
            .fill(0)
            .map((_, n) => [`k${n}`, `v${n}`]),
        ),
      ),
      { clock: virtualClock() },
    );
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < 200; n += 1) expect(await decoded.value(reading({ field: `k${n}` }))).toBe(`v${n}`);
    }
  });
});

test("a refusal is not kept", async () => {
  let good = false;
  const schema = schemaThat((value) => (good ? { value } : { issues: [] }));
  const decoded = new Decoded("value", { clock: virtualClock() });
  expect(await refusal(decoded.value(reading({ schema })))).toMatchObject({ code: "validation-failed" });
  good = true;
  expect(await decoded.value(reading({ schema }))).toBe("value");
});

test("closing ends the wait for a schema, and its timer", async () => {
  const clock = virtualClock();
  const closing = new AbortController();
  const decoded = new Decoded("value", { clock, closing: closing.signal });
  const waiting = refusal(decoded.value(reading({ schema: schemaThat(hangs) })));
  await clock.settle();
  expect(clock.holding).toBe(1);
  closing.abort();
  await within(clock, "1ms", waiting);
  clock.assertIdle();
});

describe("two payloads are the same", () => {
  const bytes = (text: string) => Buffer.from(text);
  test.each<[string | Uint8Array, string | Uint8Array, boolean]>([
    ["a", "a", true],
    ["a", "b", false],
    ["", "", true],
    [bytes("a"), bytes("a"), true],
    [bytes("a"), new Uint8Array([97]), true],
    [bytes("a"), bytes("ab"), false],
    ["a", bytes("a"), false],
  ])("%#", (one, other, same) => {
    expect(new Decoded(one, { clock: virtualClock() }).equals(other)).toBe(same);
    expect(new Decoded(other, { clock: virtualClock() }).equals(one)).toBe(same);
  });
});
