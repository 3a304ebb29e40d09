import fc from "fast-check";
import { expect, test } from "vitest";
import { secretPath } from "./secret-path.ts";

test("takes a name apart at its slashes and changes nothing", () => {
  expect(secretPath("production/my app/.db.json")).toEqual(["production", "my app", ".db.json"]);
});

test.each([
  ["/etc/passwd", "slash"],
  ["a//b", "slash"],
  ["a/", "slash"],
  ["/", "slash"],
  ["..", '".."'],
  ["../a", '".."'],
  ["a/../b", '".."'],
  ["a/..", '".."'],
  ["./a", '"."'],
  ["..data", "two dots"],
  ["a/..data/b", "two dots"],
  ["..2026/a", "two dots"],
  ["a\0b", "NUL"],
])("refuses %j", (name, complaint) => {
  const answer = secretPath(name);
  expect(answer).toMatchObject({ failure: "invalid-request", advice: expect.stringContaining(complaint) });
});

test.each(["a\\b", "..\\a", "C:", "C:/a", "a:stream", "a.", "a ", "a?", "con|"])(
  "refuses %j on Windows alone",
  (name) => {
    expect(secretPath(name, "win32")).toMatchObject({ failure: "invalid-request" });
    if (!name.startsWith("..")) expect(secretPath(name, "linux")).toEqual(name.split("/"));
  },
);

test("no name that is let through leads up, to the root, or to the path of another", () => {
  const part = fc.constantFrom("a", "b", ".", "..", "...", "..data", "", "/", "\\", "\0", "C:");
  fc.assert(
    fc.property(
      fc.array(part).map((parts) => parts.join("")),
      (name) => {
        const segments = secretPath(name, "linux");
        if ("failure" in segments) return;
        expect(segments.join("/")).toBe(name);
        for (const segment of segments) expect(segment).toMatch(/^(?!\.\.|\.$)[^/\0]+$/);
      },
    ),
  );
});
