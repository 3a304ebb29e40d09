import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { tempFolder } from "../../test/temp-folder.ts";
import { fileSource } from "./file-source.ts";

const json = '{"stripe": "sk_1", "production/db": {"user": "a"}, "port": 5432, "__proto__": "p"}';

test("the entries of a JSON file are secrets", async () => {
  const source = fileSource({ file: join(tempFolder({ "s.json": json }), "s.json") });
  expect(source.traits.binary).toBe(false);
  await expect(ask(source, "stripe")).resolves.toEqual({ payload: "sk_1" });
  await expect(ask(source, "production/db")).resolves.toEqual({ payload: '{"user": "a"}' });
  await expect(ask(source, "port")).resolves.toEqual({ payload: "5432" });
  await expect(ask(source, "__proto__")).resolves.toEqual({ payload: "p" });
  for (const name of ["constructor", "toString", "user"]) {
    await expect(failureOf(ask(source, name))).resolves.toMatch(/^not-found: ".*s.json" has no entry/);
  }
});

test("the entries of a dotenv file are secrets", async () => {
  const source = fileSource({ file: join(tempFolder({ ".env": "STRIPE=sk_1\nEMPTY=\nproduction/db='x'" }), ".env") });
  await expect(ask(source, "STRIPE")).resolves.toEqual({ payload: "sk_1" });
  await expect(ask(source, "EMPTY")).resolves.toEqual({ payload: "" });
  await expect(ask(source, "production/db")).resolves.toEqual({ payload: "x" });
  await expect(failureOf(ask(source, "stripe"))).resolves.toMatch(/^not-found/);
});

test("`format` is stronger than the file's name", async () => {
  const folder = tempFolder({ "a.json": "A=1", "b.txt": '{"A": "2"}' });
  await expect(ask(fileSource({ file: join(folder, "a.json"), format: "dotenv" }), "A")).resolves.toEqual({
    payload: "1",
  });
  await expect(ask(fileSource({ file: join(folder, "b.txt"), format: "json" }), "A")).resolves.toEqual({
    payload: "2",
  });
});

test("every read parses the file anew", async () => {
  const file = join(tempFolder({ "s.json": json }), "s.json");
  const source = fileSource({ file });
  await expect(ask(source, "stripe")).resolves.toEqual({ payload: "sk_1" });
  writeFileSync(file, '{"stripe": "sk_2"}');
  await expect(ask(source, "stripe")).resolves.toEqual({ payload: "sk_2" });
  await expect(failureOf(ask(source, "port"))).resolves.toMatch(/^not-found/);
});

test.each([
  [
    "s.json",
    '{\n "stripe": hunter2\n}',
    "cannot be read as json: line 2, column 12: this is not JSON. Correct it there.",
  ],
  [
    "s.json",
    '{"stripe": "hunter2',
    "cannot be read as json: line 1, column 20: the text ends too early. Correct it there.",
  ],
  ["s.json", "", "cannot be read as json: line 1, column 1: the text ends too early. Correct it there."],
  [
    "s.json",
    '["hunter2"]',
    "cannot be read as json: line 1, column 1: the file does not begin with an object. Correct it there.",
  ],
  ["s.json", Uint8Array.from([0x22, 0xff]), "is not UTF-8 text: save it as UTF-8."],
  [
    ".env",
    'A=1\nB="hunter2\nC=2',
    "cannot be read as dotenv: line 2: a quote is opened and never closed. Correct it there.",
  ],
  [".env", "A=1\nA=hunter2", "cannot be read as dotenv: line 2: a name is given a second time. Correct it there."],
  [".env", Uint8Array.from([0x41, 0x3d, 0xff]), "is not UTF-8 text: save it as UTF-8."],
])("a broken %s is said by its place and not by its content (case %#)", async (name, content, complaint) => {
  const file = join(tempFolder({ [name]: content }), name);
  const answer = await ask(fileSource({ file }), "A");
  await expect(failureOf(Promise.resolve(answer))).resolves.toBe(`payload-corrupt: The file "${file}" ${complaint}`);
  expect(JSON.stringify(answer)).not.toContain("hunter2");
});

test("a missing file and a folder in its place are not an absent secret", async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, "s.json"));
  await expect(failureOf(ask(fileSource({ file: join(folder, "s.json") }), "a"))).resolves.toMatch(
    /^unavailable: ".*s.json" is a folder: give it by `directory`, not by `file`\.$/,
  );
  await expect(failureOf(ask(fileSource({ file: join(folder, "t.json") }), "a"))).resolves.toMatch(
    /^unavailable: ".*t.json" does not exist: check the path, and that it is mounted\.$/,
  );
});
