import { chmodSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { tempFolder } from "../../test/temp-folder.ts";
import { withoutPrivileges } from "../../test/without-privileges.ts";
import { fileSource } from "./file-source.ts";

test("a name is the path of a file below the folder; it has no version", async () => {
  const directory = tempFolder({ "production/myapp/db": "x\n", ".hidden": "y" });
  const source = fileSource({ directory });
  await expect(ask(source, "production/myapp/db")).resolves.toEqual({ payload: "x" });
  await expect(ask(source, ".hidden")).resolves.toEqual({ payload: "y" });
});

test("the final line end is kept where that is asked for", async () => {
  const directory = tempFolder({ a: "x\r\n" });
  await expect(ask(fileSource({ directory }), "a")).resolves.toEqual({ payload: "x" });
  await expect(ask(fileSource({ directory, stripFinalNewline: false }), "a")).resolves.toEqual({ payload: "x\r\n" });
});

test("text where it is UTF-8, else bytes; an empty file is an empty value", async () => {
  const source = fileSource({ directory: tempFolder({ text: "é😀", bytes: Uint8Array.from([0x80, 0]), empty: "" }) });
  expect(source.traits.binary).toBe(true);
  await expect(ask(source, "text")).resolves.toEqual({ payload: "é😀" });
  await expect(ask(source, "bytes")).resolves.toEqual({ payload: Uint8Array.from([0x80, 0]) });
  await expect(ask(source, "empty")).resolves.toEqual({ payload: "" });
});

test("every read asks the disk", async () => {
  const directory = tempFolder({ a: "x" });
  const source = fileSource({ directory: relative(process.cwd(), directory) });
  await expect(ask(source, "a")).resolves.toEqual({ payload: "x" });
  rmSync(join(directory, "a"));
  await expect(failureOf(ask(source, "a"))).resolves.toBe(
    `not-found: There is no file "${join(directory, "a")}": create it, or correct the secret's name.`,
  );
});

test("absent: no file, no folder on the way, or a file where the folder should be", async () => {
  const source = fileSource({ directory: tempFolder({ a: "x" }) });
  for (const name of ["b", "b/c/d", "a/b"]) await expect(failureOf(ask(source, name))).resolves.toMatch(/^not-found/);
});

test("a plain folder is not read as a set: its files may change one by one", async () => {
  const source = fileSource({ directory: tempFolder({ "db/user": "x" }) });
  await expect(failureOf(ask(source, "db"))).resolves.toMatch(/^invalid-request: ".*db" is a plain folder/);
});

test("a missing folder, a file in its place and a link that leads nowhere are not an absent secret", async () => {
  const directory = tempFolder({ file: "x" });
  const missing = join(directory, "missing");
  await expect(failureOf(ask(fileSource({ directory: missing }), "a"))).resolves.toBe(
    `unavailable: The folder "${missing}" does not exist: create it, mount the volume, or correct the path.`,
  );
  const file = join(directory, "file");
  await expect(failureOf(ask(fileSource({ directory: file }), "a"))).resolves.toBe(
    `unavailable: "${file}" is not a folder: give a file by \`file\`, not by \`directory\`.`,
  );
  await expect(failureOf(ask(fileSource({ directory: join(file, "a") }), "a"))).resolves.toMatch(/^unavailable/);
  symlinkSync("nowhere", join(directory, "mount"));
  for (const name of ["mount", "mount/a"]) {
    await expect(failureOf(ask(fileSource({ directory }), name))).resolves.toBe(
      `unavailable: The symbolic link "${join(directory, "mount")}" leads nowhere: check its mount.`,
    );
  }
});

test("a circle of links is no absent secret either", async () => {
  const directory = tempFolder();
  symlinkSync("b", join(directory, "a"));
  symlinkSync("a", join(directory, "b"));
  await expect(failureOf(ask(fileSource({ directory }), "a"))).resolves.toMatch(/^invalid-request: .*circle/);
});

test("a folder that comes later is used", async () => {
  const directory = join(tempFolder(), "later");
  const source = fileSource({ directory });
  await expect(failureOf(ask(source, "a"))).resolves.toMatch(/^unavailable/);
  mkdirSync(directory);
  await expect(failureOf(ask(source, "a"))).resolves.toMatch(/^not-found/);
});

test("what may not be read or entered is a denial", async () => {
  const parent = tempFolder({ "locked/a": "x", "open/a": "x", "open/sub/a": "x" });
  for (const folder of [parent, join(parent, "open")]) chmodSync(folder, 0o755);
  for (const path of ["locked", "open/a", "open/sub"]) chmodSync(join(parent, path), 0o000);
  const answers = await withoutPrivileges(() =>
    Promise.all([
      failureOf(ask(fileSource({ directory: join(parent, "locked") }), "a")),
      failureOf(ask(fileSource({ directory: join(parent, "open") }), "a")),
      failureOf(ask(fileSource({ directory: join(parent, "open") }), "sub/a")),
    ]),
  );
  chmodSync(join(parent, "locked"), 0o755);
  chmodSync(join(parent, "open/sub"), 0o755);
  for (const answer of answers) {
    expect(answer).toMatch(/^access-denied: .*cannot be read\. Let the process's user read the file/);
  }
});

test("a name that is too long for the disk is a wrong request", async () => {
  const source = fileSource({ directory: tempFolder() });
  await expect(failureOf(ask(source, "a".repeat(2000)))).resolves.toMatch(/^invalid-request: .*too long/);
});

test("knows current versions alone, and promises no more", async () => {
  const source = fileSource({ directory: tempFolder({ a: "x" }) });
  expect(source).toMatchObject({ specVersion: 1, kind: "file", traits: { stages: ["current"], mints: false } });
  for (const version of ["previous", { id: "1" }, { label: "x" }] as const) {
    await expect(failureOf(ask(source, "a", version))).resolves.toMatch(/^unsupported/);
  }
});

test("does nothing after an abort, and ends at once when it is aborted", async () => {
  const source = fileSource({ directory: tempFolder({ a: "x" }) });
  const reason = new Error("enough");
  await expect(ask(source, "a", "current", AbortSignal.abort(reason))).rejects.toBe(reason);
  const controller = new AbortController();
  const answer = ask(source, "a", "current", controller.signal);
  controller.abort(reason);
  await expect(answer).rejects.toBe(reason);
});
