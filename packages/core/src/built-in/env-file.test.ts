import { chmodSync, mkdirSync, truncateSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { tempFolder } from "../../test/temp-folder.ts";
import { withoutPrivileges } from "../../test/without-privileges.ts";
import { envSource } from "./env-source.ts";

const sourceOf = (path: string) => envSource({ env: { DB_FILE: path } });

test.each([
  ["x", "x"],
  ["x\n", "x"],
  ["x\r\n", "x"],
  ["x\n\n", "x\n"],
  ["", ""],
  ["\ufeffé", "\ufeffé"],
])("the file %j gives %j", async (content, payload) => {
  await expect(ask(sourceOf(join(tempFolder({ db: content }), "db")), "db")).resolves.toEqual({ payload });
});

test("what is not UTF-8 gives bytes, of which none is dropped", async () => {
  const folder = tempFolder({ db: Uint8Array.from([0xff, 0xfe, 0x0a, 0x0a]) });
  await expect(ask(sourceOf(join(folder, "db")), "db")).resolves.toEqual({
    payload: Uint8Array.from([0xff, 0xfe, 0x0a, 0x0a]),
  });
});

test("a relative path starts where the program stood when the source was made", async () => {
  const folder = tempFolder({ db: "x" });
  const source = sourceOf(relative(process.cwd(), join(folder, "db")));
  const home = process.cwd();
  const elsewhere = join(folder, "a", "b", "c", "d");
  mkdirSync(elsewhere, { recursive: true });
  process.chdir(elsewhere);
  try {
    await expect(ask(source, "db")).resolves.toEqual({ payload: "x" });
  } finally {
    process.chdir(home);
  }
});

test("both forms at once are refused, also when one is empty", async () => {
  for (const env of [
    { DB: "x", DB_FILE: "/x" },
    { DB: "", DB_FILE: "/x" },
    { DB: "x", DB_FILE: "" },
  ]) {
    await expect(failureOf(ask(envSource({ env }), "db"))).resolves.toMatch(
      /^invalid-request: "DB" and its _FILE form are both set: unset one\./,
    );
  }
});

test("an empty path is refused", async () => {
  await expect(failureOf(ask(sourceOf(""), "db"))).resolves.toMatch(
    /^invalid-request: The variable "DB_FILE" is set and empty/,
  );
});

test("no trouble with the file is an absent secret, and no answer shows the path: it may be the value", async () => {
  const folder = tempFolder({ "hunter2-large": "", "hunter2-secret": "x" });
  mkdirSync(join(folder, "hunter2-folder"));
  truncateSync(join(folder, "hunter2-large"), 1024 * 1024 + 1);
  const shown = 'The file that the variable "DB_FILE" names';
  for (const [path, complaint] of [
    ["hunter2", `unavailable: ${shown} does not exist: check the path, and that it is mounted.`],
    ["hunter2-secret/x", `unavailable: ${shown} does not exist`],
    ["hunter2-folder", `unsupported: ${shown} is a folder, not a file.`],
    ["hunter2-large", `unsupported: ${shown} is larger than 1048576 bytes`],
    ["hunter2\0", `invalid-request: ${shown} cannot be read.`],
    ["hunter2".repeat(1000), `invalid-request: ${shown} cannot be read.`],
  ] as const) {
    const answer = await ask(sourceOf(join(folder, path)), "db");
    await expect(failureOf(Promise.resolve(answer))).resolves.toContain(complaint);
    expect(JSON.stringify(answer)).not.toContain("hunter2");
  }
});

test("a file that may not be read is a denial", async () => {
  const folder = tempFolder({ db: "x" });
  chmodSync(folder, 0o755);
  chmodSync(join(folder, "db"), 0o000);
  const answer = withoutPrivileges(() => failureOf(ask(sourceOf(join(folder, "db")), "db")));
  await expect(answer).resolves.toMatch(
    /^access-denied: The file that the variable "DB_FILE" names cannot be read. Let/,
  );
});
