import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { temporaryFiles } from "../../test/temporary-files.ts";
import { unreadableFile } from "../files/unreadable-file.ts";
import { readCredential } from "./read-credential.ts";

const { fileOf, remove } = temporaryFiles();
afterAll(remove);

const read = (path: string) => readCredential(path, "secret id");

test("a file that is not there is named, with Node's code", async () => {
  const path = join(dirname(fileOf("x")), "none");
  expect(await read(path)).toEqual({
    failure: "unavailable",
    advice: `The file of the secret id, \`${path}\`, does not exist (ENOENT): check the path, and what mounts or writes it.`,
    native: { code: "ENOENT" },
  });
});

test("a folder in its place, and a file in the place of a folder", async () => {
  const file = fileOf("x");
  const folder = join(dirname(file), "folder");
  mkdirSync(folder);
  expect(await read(folder)).toMatchObject({
    advice: expect.stringContaining(`\`${folder}\`, is a folder (EISDIR)`),
    native: { code: "EISDIR" },
  });
  expect(await read(join(file, "below"))).toMatchObject({ native: { code: "ENOTDIR" } });
});

test("one that we may not read", () => {
  const error = Object.assign(new Error("canary"), { code: "EACCES" });
  expect(unreadableFile("The file of the secret id", "/run/secrets/id", error)).toEqual({
    failure: "unavailable",
    advice: expect.stringContaining("`/run/secrets/id`, may not be read by the user of this process"),
    native: { code: "EACCES" },
  });
  expect(unreadableFile("The file", "/x", "canary").advice).toContain("`/x`, cannot be read: check");
});

test.each(["hvs.canary", "canary/canary", "-----BEGIN canary\n/canary\n-----END"])(
  "what may be the credential itself is not shown: %j",
  async (path) => {
    const said = await read(path);
    expect(said).toMatchObject({ advice: expect.stringContaining(`relative path below \`${process.cwd()}\``) });
    expect(JSON.stringify(said)).not.toContain("canary");
  },
);

test("an empty one, and one that holds something else, are named and not quoted", async () => {
  const empty = fileOf(" \n");
  expect(await read(empty)).toEqual({
    failure: "unavailable",
    advice: expect.stringContaining(`\`${empty}\`, is empty`),
  });
  const strange = fileOf("canary canary");
  const said = await read(strange);
  expect(said).toMatchObject({ failure: "unauthenticated", advice: expect.stringContaining(`\`${strange}\``) });
  expect(JSON.stringify(said)).not.toContain("canary");
});
