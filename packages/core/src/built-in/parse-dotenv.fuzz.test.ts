import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "../../test/any-text.ts";
import { parseDotenv } from "./parse-dotenv.ts";

const name = fc.stringMatching(/^[\w./@+:-]{1,20}$/);
const value = anyText;
const line = fc.constantFrom(
  "A=1",
  "B='",
  'C="x',
  "export ",
  "# c",
  "=",
  "\\",
  '"',
  "`",
  "#",
  " ",
  "\r\n",
  "\r",
  "\n",
  "\u2028",
);

const doubleQuoted = (text: string) =>
  `"${text.replaceAll(/[\\"]/g, "\\$&").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}"`;

/** One text for each complaint, so that seeing all of them does not hang on chance. */
const oneOfEach = ["A=1\nA=2\n", "A='x", "A=b#c", "nothing here", "A='x' y"];

test("any text gives entries or a place, and the complaint is one of a few fixed ones", () => {
  const complaints = new Set<string>();
  const text = fc.oneof(
    anyText,
    fc.array(line).map((lines) => lines.join("")),
  );
  fc.assert(
    fc.property(text, (input) => {
      const parsed = parseDotenv(input);
      if (parsed.entries !== undefined) return;
      expect(parsed.line).toBeGreaterThanOrEqual(1);
      expect(parsed.line).toBeLessThanOrEqual(input.split(/\r\n?|\n/).length);
      complaints.add(parsed.reason);
    }),
    { numRuns: 2000, examples: oneOfEach.map((example) => [example]) },
  );
  expect([...complaints].toSorted()).toEqual([
    "a name is given a second time",
    "a quote is opened and never closed",
    "an unquoted value holds a `#`: put the value into quotes",
    "there is no NAME=value",
    "there is text behind the closing quote",
  ]);
});

test("what is written in double quotes is read back", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), fc.constantFrom("\n", "\r\n"), (pairs, lineEnd) => {
      const entries = new Map(pairs);
      const text = [...entries].map(([key, one]) => `export ${key} = ${doubleQuoted(one)} # note`).join(lineEnd);
      expect(parseDotenv(text).entries).toEqual(entries);
    }),
  );
});

test("what is written in single quotes or backticks is read back as it stands", () => {
  for (const quote of ["'", "`"]) {
    const literal = value.filter((one) => !one.includes(quote) && !one.includes("\r"));
    fc.assert(
      fc.property(name, literal, (key, one) => {
        expect(parseDotenv(`${key}=${quote}${one}${quote}`).entries).toEqual(new Map([[key, one]]));
      }),
    );
  }
});

test("a quote that is left open is always refused", () => {
  fc.assert(
    fc.property(name, value, fc.constantFrom('"', "'", "`"), (key, one, quote) => {
      const open = one.replaceAll(/["'`\\]/g, "");
      expect(parseDotenv(`${key}=${quote}${open}`)).toEqual({ line: 1, reason: "a quote is opened and never closed" });
    }),
  );
});
