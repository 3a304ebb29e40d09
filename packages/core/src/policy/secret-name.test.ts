import { expect, test } from "vitest";
import { longestName, nameProblem, versionProblem } from "./secret-name.ts";

test.each([
  "db",
  "production/myapp/stripe",
  "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf",
  "a name with blanks",
  "$(){}[]*?<>|&;'\"`\\",
  "Zürich/パスワード/🔑",
  "..",
  "a".repeat(longestName),
])("a store may have %j", (name) => {
  expect(nameProblem(name)).toBeUndefined();
});

test.each([
  ["nothing", "", "must not be empty"],
  ["too long", "a".repeat(longestName + 1), `at most ${longestName} characters; this one has ${longestName + 1}`],
  ["a NUL", "a\0b", "control characters"],
  ["a line feed at the end", "db\n", "stray line end"],
  ["a carriage return", "db\r", "control characters"],
  ["an escape", "\u001b[31mdb", "control characters"],
  ["DEL", "db\u007f", "control characters"],
  ["a C1 control", "db\u0085", "control characters"],
  ["half a surrogate pair", "db\ud83d", "well-formed"],
  ["a number", 42, "must be a string"],
  ["undefined", undefined, "must be a string"],
  ["null", null, "must be a string"],
  ["an object", { name: "db" }, "must be a string"],
  ["a String object", new String("db"), "must be a string"],
])("%s is refused", (_what, name, reason) => {
  expect(nameProblem(name)).toContain(reason);
});

test("a refusal never repeats the name", () => {
  for (const name of ["hunter2\0", `hunter2${"x".repeat(longestName)}`, "hunter2\ud83d"]) {
    expect(nameProblem(name)).not.toContain("hunter2");
  }
});

test.each(["7", "", "AWSCURRENT", "a b", "2026-01-01T00:00:00Z", "v".repeat(2048)])(
  "a version may be %j",
  (version) => {
    expect(versionProblem(version)).toBeUndefined();
  },
);

test.each([
  ["too long", "v".repeat(2049), "longer than 2048 characters"],
  ["a line feed", "7\n", "control characters"],
  ["an escape", "\u001b[31m7", "control characters"],
  ["half a surrogate pair", "7\ud83d", "well-formed"],
])("a version that is %s is none", (_what, version, reason) => {
  expect(versionProblem(version)).toContain(reason);
});
