import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { thrownBy } from "../../test/outcomes.ts";
import { tempFolder } from "../../test/temp-folder.ts";
import { fileSource } from "./file-source.ts";
import { fileUriSettings } from "./file-uri.ts";

test("the path is taken from where the program stood when the source was made", async () => {
  const folder = tempFolder({ "secrets/a": "x" });
  const home = process.cwd();
  process.chdir(folder);
  const source = fileSource({ directory: "./secrets" });
  process.chdir(home);
  await expect(ask(source, "a")).resolves.toEqual({ payload: "x" });
});

test.each([
  [undefined, "fileSource needs `{ directory:"],
  ["./secrets", "fileSource needs `{ directory:"],
  [{}, "fileSource needs `{ directory:"],
  [{ directory: "" }, "`directory` of fileSource must be a path"],
  [{ directory: "a\0" }, "`directory` of fileSource must be a path"],
  [{ file: 3 }, "`file` of fileSource must be a path"],
  [{ directory: "a", file: "b" }, "not both"],
  [{ file: "b", stripFinalNewline: true }, "goes with `directory` alone"],
  [{ directory: "a", format: "json" }, "goes with `file` alone"],
  [{ file: "a", format: "yaml" }, '"json" or "dotenv"'],
  [{ directory: "a", stripFinalNewline: "no" }, "true or false"],
  [{ directory: "a", maxBytes: 0 }, "from 1 to 67108864"],
  [{ directory: "a", maxBytes: 1.5 }, "from 1 to 67108864"],
  [{ directory: "a", maxBytes: Number.POSITIVE_INFINITY }, "from 1 to 67108864"],
  [{ directory: "a", maxBytes: "1" }, "from 1 to 67108864"],
  [{ dir: "a" }, "there are directory, file, stripFinalNewline, format, maxBytes"],
])("refuses the options %j", (options, complaint) => {
  const error = thrownBy(() => fileSource(options as { directory: string }));
  expect(error.code).toBe("invalid-options");
  expect(error.message).toContain(complaint);
});

test("refuses options whose getter throws", () => {
  const options = {
    get directory(): string {
      throw new Error("hunter2");
    },
  };
  const error = thrownBy(() => fileSource(options));
  expect(error.code).toBe("invalid-options");
  expect(error.stack).not.toContain("hunter2");
});

test.each([
  ["file:./secrets", { path: resolve("secrets") }],
  ["file:secrets", { path: resolve("secrets") }],
  ["file:.env", { path: resolve(".env") }],
  ["file:my%20secrets", { path: resolve("my secrets") }],
  ["file:/run/secrets", { path: "/run/secrets" }],
  ["file:///run/secrets", { path: "/run/secrets" }],
  ["file:/s.txt?format=json", { file: "/s.txt", format: "json" }],
  ["file:/s.txt?format=dotenv", { file: "/s.txt", format: "dotenv" }],
])("%s names %j", (uri, settings) => {
  expect(fileUriSettings(uri)).toEqual({ ...settings, maxBytes: 1_048_576 });
});

test("on Windows the slash before a drive is dropped", () => {
  expect(fileUriSettings("file:///C:/secrets", "win32")).toMatchObject({ path: resolve("C:/secrets") });
  expect(fileUriSettings("file:/C:/secrets", "linux")).toMatchObject({ path: "/C:/secrets" });
});

test.each([
  ["file:", "names no path"],
  ["file:?format=json", "names no path"],
  ["file://me:hunter2@host/secrets", "names a host"],
  ["file:./a?format=hunter2", '"json" or "dotenv"'],
  ["file:./a?fromat=hunter2", "not known; known: format"],
  ["env:", "must begin with `file:`"],
])("refuses the URI %s", (uri, complaint) => {
  const error = thrownBy(() => fileSource.fromUri(uri));
  expect(error.code).toBe("invalid-options");
  expect(error.message).toContain(complaint);
  expect(error.message).not.toContain("hunter2");
});

test("a URI's path is a folder or a file, as the first read that finds it says", async () => {
  const folder = tempFolder({
    "secrets/a": "folder",
    "s.json": '{"a": "json"}',
    ".env": "a=dotenv",
    "s.txt": '{"a": "given"}',
  });
  const read = (rest: string) => ask(fileSource.fromUri(`file:${folder}/${rest}`), "a");
  await expect(read("secrets")).resolves.toEqual({ payload: "folder" });
  await expect(read("s.json")).resolves.toEqual({ payload: "json" });
  await expect(read(".env")).resolves.toEqual({ payload: "dotenv" });
  await expect(read("s.txt?format=json")).resolves.toEqual({ payload: "given" });
  await expect(failureOf(read("missing"))).resolves.toMatch(/^unavailable: ".*missing" does not exist/);
});

test("a URI's path that comes later is used, and keeps its kind", async () => {
  const path = join(tempFolder(), "later");
  const source = fileSource.fromUri(`file:${path}`);
  await expect(failureOf(ask(source, "a"))).resolves.toMatch(/^unavailable/);
  mkdirSync(path);
  writeFileSync(join(path, "a"), "x");
  await expect(ask(source, "a")).resolves.toEqual({ payload: "x" });
  rmSync(path, { recursive: true });
  writeFileSync(path, "a=y");
  await expect(failureOf(ask(source, "a"))).resolves.toMatch(/^unavailable: .* is not a folder/);
});
