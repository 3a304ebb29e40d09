import { format, inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findLeaks } from "./find-leaks.ts";
import type { LeakForm } from "./leak-forms.ts";

const secret = "kX7\"qz\\p+/é&R2%V9=w T4'b€N8🔑sH";
const bytes = Buffer.from(secret);

function formsIn(output: string, searched = secret): string[] {
  return findLeaks(output, searched).map(({ forms }) => forms.join(" in "));
}

const base64 = bytes.toString("base64");
const base64url = bytes.toString("base64url");
const hex = bytes.toString("hex");
const asciiOnly = (text: string) =>
  text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

describe("a secret is found", () => {
  test.each<[string, string, LeakForm]>([
    ["as it is", secret, "plain"],
    ["in base64", base64, "base64"],
    ["in base64 without padding", base64.replaceAll("=", ""), "base64"],
    ["in base64url", base64url, "base64url"],
    ["in lower-case hex", hex, "hex"],
    ["in upper-case hex", hex.toUpperCase(), "hex"],
    ["in hex with blanks", inspect(bytes), "hex"],
    ["in hex with colons", hex.replaceAll(/..(?=.)/g, "$&:"), "hex"],
    ["in a URL", encodeURIComponent(secret), "url"],
    ["in a URL, all of it", hex.replaceAll(/../g, "%$&"), "url"],
    ["in a URL, all of it, in capitals", hex.toUpperCase().replaceAll(/../g, "%$&"), "url"],
    ["in a form", new URLSearchParams({ password: secret }).toString(), "url"],
    ["in JSON", JSON.stringify({ secret }), "json"],
    ["in JSON of ASCII alone", asciiOnly(JSON.stringify(secret)), "json"],
    ["in JSON with escaped slashes", JSON.stringify(secret).replaceAll("/", "\\/"), "json"],
    ["as the inspector prints it", inspect({ secret }), "json"],
    ["as the bytes of an array", JSON.stringify([...bytes]), "bytes"],
    ["as the bytes of a Buffer in JSON", JSON.stringify(bytes), "bytes"],
    ["as the bytes of a Uint8Array in JSON", JSON.stringify(new Uint8Array(bytes)), "bytes"],
    ["as the inspector prints bytes", inspect(new Uint8Array(bytes)), "bytes"],
    ["as the characters of a spread", JSON.stringify({ ...secret.split("") }), "characters"],
    ["as the inspector prints characters", inspect([..."correct-horse-battery", ...secret]), "characters"],
  ])("%s", (_how, written, form) => {
    expect(formsIn(`before ${written} after`)).toContain(form);
    expect(formsIn(`x${written}`)).not.toEqual([]);
    expect(formsIn(`xyz7${written}9`)).not.toEqual([]);
  });

  test.each([0, 1, 2, 3, 4, 5])("in the base64 of a larger text, %d bytes in", (before) => {
    const larger = Buffer.from(`${"u".repeat(before)}${secret}:tail`);
    expect(formsIn(`Authorization: Basic ${larger.toString("base64")}`)).toContain("base64");
    expect(formsIn(larger.toString("base64url")).join()).toMatch(/^base64/);
    expect(formsIn(larger.toString("hex"))).toContain("hex");
  });

  // No piece of it survives any of the forms as it is.
  const prickly = '"%\\"%\\"é\\"%\\"%"€%"\\%"';
  const pricklyBase64 = Buffer.from(prickly).toString("base64");
  test.each<[string, string, string]>([
    ["JSON in JSON", JSON.stringify(JSON.stringify({ prickly })), "json in json"],
    ["JSON in base64", Buffer.from(JSON.stringify({ prickly })).toString("base64"), "base64 in json"],
    ["base64 in a URL", encodeURIComponent(`{"a":"${pricklyBase64}"}`), "url in base64"],
    ["a URL in a URL", encodeURIComponent(encodeURIComponent(prickly)), "url in url"],
    ["hex in base64", Buffer.from(Buffer.from(prickly).toString("hex")).toString("base64"), "base64 in hex"],
    ["base64 in base64", Buffer.from(pricklyBase64).toString("base64"), "base64 in base64"],
  ])("in one form inside of another: %s", (_how, written, forms) => {
    expect(formsIn(written, prickly)).toContain(forms);
  });

  test("in pieces: an error that quotes only the beginning of its input", () => {
    let message = "";
    try {
      JSON.parse("correct-horse-battery-staple");
    } catch (error) {
      message = String(error);
    }
    expect(findLeaks(message, "correct-horse-battery-staple")).toEqual([{ forms: ["plain"] }]);
    expect(findLeaks("password=horse…", "correct-horse-battery-staple")).toEqual([]);
    expect(findLeaks("password=horse…", "correct-horse-battery-staple", { shortest: 5 })).not.toEqual([]);
  });

  test("whatever it is, and whatever stands around it", () => {
    const around = fc.string({ maxLength: 20 });
    const ways: readonly ((text: string) => string)[] = [
      String,
      JSON.stringify,
      encodeURIComponent,
      (text) => Buffer.from(text).toString("base64"),
      (text) => Buffer.from(text).toString("base64url"),
      (text) => Buffer.from(text).toString("hex"),
      (text) => format("%o", { text }),
    ];
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{9,40}$/), around, around, fc.constantFrom(...ways), (any, a, b, write) => {
        expect(findLeaks(`${a} ${write(any)} ${b}`, any)).not.toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("where it is bytes that are no text", () => {
    const key = Uint8Array.from({ length: 16 }, (_, index) => 255 - index * 7);
    for (const written of [Buffer.from(key).toString("hex"), Buffer.from(key).toString("base64"), inspect(key)]) {
      expect(findLeaks(`key: ${written}`, key)).not.toEqual([]);
    }
  });
});

describe("nothing is found", () => {
  test.each([
    "",
    "a text of everyday words, 2026-01-01T00:00:00Z, 0123456789abcdef0123456789abcdef, %20%41, \\u0041\\n",
    inspect({ list: [1, 2, 3, 4, 5, 6], nested: { deep: ["a", "b", "c", "d"] }, buffer: Buffer.from("another value") }),
    Buffer.from("another value altogether, longer than the secret").toString("base64"),
    new Error("the store denied access").stack ?? "",
  ])("in %#", (output) => {
    expect(findLeaks(output, secret)).toEqual([]);
  });

  test("for an empty secret, or in an empty output", () => {
    expect(findLeaks("anything", "")).toEqual([]);
    expect(findLeaks("anything", new Uint8Array())).toEqual([]);
  });

  test("for a short secret unless all of it is there", () => {
    expect(findLeaks("pass", "passw")).toEqual([]);
    expect(findLeaks("my passw0rd", "passw")).toEqual([{ forms: ["plain"] }]);
  });
});

test("what is found does not hold the secret", () => {
  const found = findLeaks(JSON.stringify({ secret, base64, hex }), secret);
  expect(found.length).toBeGreaterThan(2);
  expect(findLeaks(inspect(found, { depth: 10 }), secret)).toEqual([]);
});

test("a large output is searched in reasonable time", () => {
  const line = `${JSON.stringify({ at: 1, name: "production/myapp/db", hash: hex.slice(0, 6), note: 'a\\b"c' })}\n`;
  const large = line.repeat(2000);
  expect(findLeaks(large, secret)).toEqual([]);
  expect(findLeaks(`${large}${base64}`, secret)).not.toEqual([]);
});
