import { expect, test } from "vitest";
import { parseDotenv } from "./parse-dotenv.ts";

const entriesOf = (text: string) => {
  const { entries } = parseDotenv(text);
  return entries === undefined ? undefined : Object.fromEntries(entries);
};

test.each([
  ["", {}],
  ["\n\n  \n# only a comment\n  # another", {}],
  ["A=1\nB=2", { A: "1", B: "2" }],
  ["A=1\r\nB=2\r\n", { A: "1", B: "2" }],
  ["\ufeffA=1", { A: "1" }],
  ["export A=1\n\texport\tB=2\nexport=3", { A: "1", B: "2", export: "3" }],
  ["  A  =  1  ", { A: "1" }],
  ["A=", { A: "" }],
  ["A=   ", { A: "" }],
  ["A=''\nB=\"\"\nC=``", { A: "", B: "", C: "" }],
  ["A=x y z", { A: "x y z" }],
  ['A=it\'s "so"', { A: 'it\'s "so"' }],
  ["A=a=b==", { A: "a=b==" }],
  ["A=1 # why", { A: "1" }],
  ["A=1\t#why # not", { A: "1" }],
  ["A= # empty", { A: "" }],
  ["A='x # y' # z", { A: "x # y" }],
  ['A="x#y"#z', { A: "x#y" }],
  ["A='a\"b`c'", { A: 'a"b`c' }],
  ["A=`a'b\"c`", { A: "a'b\"c" }],
  ["A='a\\nb\\'", { A: "a\\nb\\" }],
  ['A="a\\nb\\rc\\td\\\\e\\"f\\$g"', { A: 'a\nb\rc\td\\e"f$g' }],
  ['A="\\d\\x\\n"', { A: "\\d\\x\n" }],
  ['A="$HOME ${HOME}"\nB=$A', { A: "$HOME ${HOME}", B: "$A" }],
  ["A=\"-----BEGIN\nabc\n-----END\"\nB='x\r\ny'", { A: "-----BEGIN\nabc\n-----END", B: "x\ny" }],
  [
    "production/myapp/db=1\nmy-key.v1=2\nprojects/p/secrets/s:a@b+c=3",
    {
      "production/myapp/db": "1",
      "my-key.v1": "2",
      "projects/p/secrets/s:a@b+c": "3",
    },
  ],
  ["A=x\u2028y\u00a0", { A: "x\u2028y\u00a0" }],
])("reads %j", (text, entries) => {
  expect(entriesOf(text)).toEqual(entries);
});

test("keeps names that objects reserve", () => {
  const { entries } = parseDotenv("__proto__=1\nconstructor=2");
  expect([...(entries ?? [])]).toEqual([
    ["__proto__", "1"],
    ["constructor", "2"],
  ]);
});

test.each([
  ['A=1\nB="hunter2\nC=3', 2, "a quote is opened and never closed"],
  ["A='hunter2", 1, "a quote is opened and never closed"],
  ["A=`hunter2", 1, "a quote is opened and never closed"],
  ['A="hunter2\\"', 1, "a quote is opened and never closed"],
  ['A="x" hunter2', 1, "there is text behind the closing quote"],
  ['\nA="x\ny\nz"hunter2', 4, "there is text behind the closing quote"],
  ["A=hunter2#x", 1, "an unquoted value holds a `#`: put the value into quotes"],
  ["A=#hunter2", 1, "an unquoted value holds a `#`: put the value into quotes"],
  ["A=hunter2# x #y", 1, "an unquoted value holds a `#`: put the value into quotes"],
  ['A="1\n2"\n# x\nhunter2', 4, "there is no NAME=value"],
  ["hunter2: x", 1, "there is no NAME=value"],
  ["=hunter2", 1, "there is no NAME=value"],
  ["export hunter2", 1, "there is no NAME=value"],
  ["A B=hunter2", 1, "there is no NAME=value"],
  ["A=1\nB=2\nA=hunter2", 3, "a name is given a second time"],
])("refuses %j, by line %i", (text, line, reason) => {
  expect(parseDotenv(text)).toEqual({ line, reason });
});

test("takes time in proportion to the file", () => {
  const long = 500_000;
  const startedAt = performance.now();
  expect(parseDotenv(`A=${" ".repeat(long)}x${" ".repeat(long)}y`).entries?.size).toBe(1);
  expect(parseDotenv(`${" ".repeat(long)}export${"\t".repeat(long)}`).reason).toBe("there is no NAME=value");
  expect(parseDotenv(`A="${"\\".repeat(long)}`).reason).toContain("never closed");
  expect(parseDotenv("A='".repeat(long)).reason).toContain("behind the closing quote");
  expect(performance.now() - startedAt).toBeLessThan(2000);
});
