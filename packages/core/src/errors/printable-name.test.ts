import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { displayName } from "./display-name.ts";
import { printableName } from "./printable-name.ts";

function anyText(maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.nat(0x10ffff), { maxLength }).map((points) => String.fromCodePoint(...points));
}

describe("printableName", () => {
  test.each([
    ["an ordinary name", "production/my-app.db_1", "production/my-app.db_1"],
    ["letters of any script", "größe/密码/ключ", "größe/密码/ключ"],
    ["spaces", "a b", "a b"],
    ["an emoji", "key🔑", "key🔑"],
    ["quotes and backslashes", 'a"b\\c', 'a\\"b\\\\c'],
    ["NUL and line ends", "a\u0000b\r\nc", "a\\u0000b\\r\\nc"],
    ["escape sequences", "\u001b[2Ja\u009bb\u007f", "\\u001b[2Ja\\u009bb\\u007f"],
    ["bidirectional overrides", "a\u202eb\u2066c\u061c", "a\\u202eb\\u2066c\\u061c"],
    ["zero widths", "a\u200bb\u200dc\u2060d\ufeff", "a\\u200bb\\u200dc\\u2060d\\ufeff"],
    ["line and paragraph separators", "a\u2028b\u2029", "a\\u2028b\\u2029"],
    ["soft hyphens, fillers, variation selectors", "\u00ad\u3164\ufe0f", "\\u00ad\\u3164\\ufe0f"],
    ["annotations and invisible number signs", "\ufff9a\u0600", "\\ufff9a\\u0600"],
    ["tags", "a\u{e0041}", "a\\u{e0041}"],
    ["blanks that are no space", "a\u00a0b\u3000", "a\\u00a0b\\u3000"],
    ["lone surrogates", "a\ud83d", "a\\ud83d"],
    ["nothing", "", ""],
  ])("%s", (_, name, printed) => {
    expect(printableName(name)).toBe(printed);
  });

  test("shortens what is longer than 256 and says how long it was, also across a surrogate pair", () => {
    expect(printableName("x".repeat(256))).toBe("x".repeat(256));
    expect(printableName("x".repeat(2048))).toBe(`${"x".repeat(256)}… (2048 characters)`);
    expect(printableName(`${"x".repeat(255)}🔑`)).toBe(`${"x".repeat(255)}\\ud83d… (257 characters)`);
  });

  test("whatever the name: one visible, well-formed line", () => {
    fc.assert(
      fc.property(anyText(60), (name) => {
        const printed = printableName(name);
        expect(printed).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(printed.isWellFormed()).toBe(true);
        expect(printed.length).toBeLessThanOrEqual(60 * 12);
      }),
    );
  });

  test("different short names print differently", () => {
    const name = anyText(12);
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(printableName(a) === printableName(b)).toBe(a === b);
      }),
    );
  });
});

test("displayName shows where the name begins and ends", () => {
  expect(displayName("a\n ")).toBe('"a\\n "');
  expect(displayName("")).toBe('""');
});
