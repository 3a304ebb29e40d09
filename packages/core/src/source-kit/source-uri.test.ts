import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "../../test/any-text.ts";
import { thrownBy } from "../../test/outcomes.ts";
import { isSecretsError } from "../errors/secrets-error.ts";
import { parseSourceUri } from "./source-uri.ts";

test("takes scheme, path and query apart", () => {
  const uri = parseSourceUri("file:./my%20secrets/a%3Fb%25?format=json&x=a%26b?c");
  expect(uri.scheme).toBe("file");
  expect(uri.path).toBe("./my secrets/a?b%");
  expect([...uri.query]).toEqual([
    ["format", "json"],
    ["x", "a&b?c"],
  ]);
});

test("gives an empty path and an empty query for a bare scheme", () => {
  for (const text of ["env:", "env:?"]) {
    const { scheme, path, query } = parseSourceUri(text);
    expect([scheme, path, query.size]).toEqual(["env", "", 0]);
  }
});

test.each([
  [undefined, "is its variable set"],
  ["", "is its variable set"],
  [7, "no text"],
  ["env", "must begin with a scheme"],
  [":./secrets", "must begin with a scheme"],
  ["ENV:", "must begin with a scheme"],
  ["C:\\secrets", "must begin with a scheme"],
  ["./secrets", "must begin with a scheme"],
  ["-env:", "must begin with a scheme"],
  [" env:", "holds a blank"],
  ["env:\n", "holds a blank"],
  ["file:./my secrets", "write a blank as %20"],
  ["file:./a\0", "control character"],
  ["file:./a#b", "write it as %23"],
  ["file:./100%", "%25"],
  ["file:./%zz", "%25"],
  ["file:./%ff", "%25"],
  ["file:./%00", "%25"],
  ["file:./\ud800", "%25"],
  ["env:?prefix=%", "%25"],
  [`file:./${"a".repeat(2048)}`, "more than 2048"],
])("refuses %j", (text, complaint) => {
  const error = thrownBy(() => parseSourceUri(text));
  expect(error.code).toBe("invalid-options");
  expect(error.message).toContain(complaint);
});

test("shows nothing of what it refuses: it may hold credentials", () => {
  for (const text of ["hunter2", "vault://me:hunter2@host/#x", "x:?token=hunter2 ", "hunter2://%", "a:hunter2\0"]) {
    const error = thrownBy(() => parseSourceUri(text));
    expect(`${error.stack}${JSON.stringify(error)}`.replaceAll(/\(.*\)/g, "")).not.toContain("hunter2");
  }
});

test("any text is parsed or refused, and no text but `invalid-options` comes of it", () => {
  const pieces = fc.constantFrom(
    "env",
    "file",
    ":",
    "?",
    "&",
    "=",
    "%",
    "%20",
    "%ff",
    "#",
    "/",
    "..",
    " ",
    "\u0000",
    "é",
  );
  const text = fc.oneof(
    anyText,
    fc.array(pieces).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (input) => {
      try {
        const { scheme, path } = parseSourceUri(input);
        expect(scheme).toMatch(/^[a-z][a-z0-9-]*$/);
        expect(path.isWellFormed()).toBe(true);
      } catch (error) {
        expect(isSecretsError(error) && error.code).toBe("invalid-options");
      }
    }),
  );
});

test("an encoded path and query come back as they were", () => {
  const text = anyText.map((part) => part.replaceAll("\0", "").toWellFormed());
  fc.assert(
    fc.property(text, text, (path, value) => {
      const uri = parseSourceUri(`x:${encodeURIComponent(path)}?v=${encodeURIComponent(value)}`);
      expect([uri.path, uri.query.get("v")]).toEqual([path, value]);
    }),
  );
});
