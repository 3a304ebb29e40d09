import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { SecretsError } from "../errors/secrets-error.ts";
import { type Duration, parseDuration } from "./duration.ts";

function refusal(text: unknown): SecretsError {
  try {
    parseDuration(text, "ttl");
  } catch (error) {
    if (error instanceof SecretsError) return error;
    throw error;
  }
  return expect.fail(`accepted ${String(text)}`);
}

describe("accepted", () => {
  test.each<[Duration, number]>([
    ["0ms", 0],
    ["0d", 0],
    ["1ms", 1],
    ["250ms", 250],
    ["1s", 1000],
    ["30s", 30_000],
    ["5m", 300_000],
    ["90m", 5_400_000],
    ["1h", 3_600_000],
    ["7d", 604_800_000],
    ["366d", 31_622_400_000],
    ["31622400000ms", 31_622_400_000],
  ])("%s is %d ms", (text, ms) => {
    expect(parseDuration(text, "ttl")).toBe(ms);
  });

  test("every whole number with every unit, up to 366 days", () => {
    const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
    fc.assert(
      fc.property(fc.nat(31_622_400_000), fc.constantFrom(...Object.keys(units)), (count, unit) => {
        const ms = count * units[unit as keyof typeof units];
        if (ms <= 366 * units.d) expect(parseDuration(`${count}${unit}`, "ttl")).toBe(ms);
        else expect(refusal(`${count}${unit}`).advice).toContain("at most");
      }),
    );
  });
});

describe("refused", () => {
  const wrong: unknown[] = [
    ...["", "5", "m", "-5m", "+5m", "5 m", " 5m", "5m ", "5m\n", "5\u00a0m", "1e3s", "1.5h", "1,5h", ".5h", "5.m"],
    ...["5M", "5MS", "5min", "5sec", "5w", "5y", "5µs", "5us", "1h30m", "5mm", "05m", "00m", "1_000s", "0x10m"],
    ...["0b1s", "0o7s", "5n", "Infinitys", "NaNs", "٥m", "５m", "PT5M", "9".repeat(16).concat("ms"), "9".repeat(1e6)],
    ...[5, 5n, 0, Number.NaN, true, null, undefined, Symbol("5m"), () => "5m", ["5m"], { toString: () => "5m" }],
    new String("5m"),
  ];
  test.each(wrong.map((value) => [value]))("%o", (value) => {
    expect(refusal(value)).toMatchObject({ code: "invalid-options", retryable: false });
  });

  test.each(["367d", "8785h", "31622400001ms", "999999999999999d"])("%s: longer than 366 days", (text) => {
    expect(refusal(text)).toMatchObject({ code: "invalid-options", advice: '`ttl` must be at most "366d".' });
  });

  test("with the setting's name and an example, and without the text itself", () => {
    const { message } = refusal("canary-hunter2");
    expect(message).toContain("`ttl`");
    expect(message).toContain('"5m"');
    expect(message).not.toContain("canary");
  });
});

describe("fuzzing", () => {
  const exactly = /^(0|[1-9][0-9]*)(ms|s|m|h|d)$/;
  const almost = fc
    .tuple(
      fc.constantFrom("", "-", "+", " ", "0", "0x"),
      fc.stringMatching(/^[0-9_.e]{0,18}$/),
      fc.constantFrom("", " "),
    )
    .chain(([front, digits, gap]) =>
      fc.constantFrom("ms", "s", "m", "h", "d", "", "S", "mm", "s\n").map((unit) => `${front}${digits}${gap}${unit}`),
    );

  test("whatever the value: milliseconds, or invalid-options; accepted only if it is of the grammar", () => {
    fc.assert(
      fc.property(fc.oneof(almost, fc.string(), fc.anything()), (value) => {
        let ms: number;
        try {
          ms = parseDuration(value, "ttl");
        } catch (error) {
          expect(error).toBeInstanceOf(SecretsError);
          expect(error).toMatchObject({ code: "invalid-options" });
          return;
        }
        expect(value).toMatch(exactly);
        expect(Number.isSafeInteger(ms) && ms >= 0).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});

test("the type is as strict as the parser", () => {
  expectTypeOf<"0ms" | "5m" | "10s" | "250ms" | "1h" | "366d">().toExtend<Duration>();
  expectTypeOf<5>().not.toExtend<Duration>();
  expectTypeOf<string>().not.toExtend<Duration>();
  expectTypeOf<`${number}m`>().not.toExtend<Duration>();
  type Refused<Text extends string> = Text extends Duration ? Text : never;
  expectTypeOf<Refused<"" | "5" | "m" | "-5m" | "+5m" | "5 m" | " 5m" | "5m ">>().toBeNever();
  expectTypeOf<Refused<"1e3s" | "1.5h" | ".5h" | "05m" | "00m" | "1_000s">>().toBeNever();
  expectTypeOf<Refused<"0x10m" | "0b1s" | "0o7s" | "5n" | "5M" | "5min" | "1h30m">>().toBeNever();
  // @ts-expect-error a bare number
  const bare: Duration = 5;
  // @ts-expect-error no unit
  const unitless: Duration = "5";
  expect([bare, unitless]).toEqual([5, "5"]);
});
