import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { fsFailure } from "./fs-failures.ts";

const withCode = (code: unknown) => Object.assign(new Error("hunter2"), { code, path: "/hunter2" });

test.each([
  ["ENOENT", "unavailable"],
  ["ENOTDIR", "unavailable"],
  ["EACCES", "access-denied"],
  ["EPERM", "access-denied"],
  ["ENAMETOOLONG", "invalid-request"],
  ["EINVAL", "invalid-request"],
  ["ELOOP", "invalid-request"],
  ["ERR_INVALID_ARG_VALUE", "invalid-request"],
  ["EISDIR", "unsupported"],
  ["EMFILE", "unavailable"],
  ["ENFILE", "unavailable"],
  ["ENOMEM", "unavailable"],
  ["EIO", "unavailable"],
  ["ESTALE", "unavailable"],
  ["EBUSY", "unavailable"],
  ["ETIMEDOUT", "unavailable"],
])("%s is %s, with advice and without the path", (code, failure) => {
  const answer = fsFailure(withCode(code));
  expect(answer).toMatchObject({ failure, native: { code }, advice: expect.stringMatching(/^[A-Z].*\.$/) });
  expect(JSON.stringify(answer)).not.toContain("hunter2");
});

test("names what the file system really throws", async () => {
  await expect(readFile(import.meta.dirname).catch(fsFailure)).resolves.toMatchObject({ failure: "unsupported" });
  await expect(readFile("a\0b").catch(fsFailure)).resolves.toMatchObject({ failure: "invalid-request" });
});

const hostile = new Proxy(new Error("x"), {
  has() {
    throw new Error("no");
  },
});

test.each([
  undefined,
  null,
  "ENOENT",
  { code: "ENOENT" },
  new Error("x"),
  withCode(2),
  withCode("constructor"),
  hostile,
])("knows nothing of case %#", (error) => {
  expect(fsFailure(error)).toBeUndefined();
});
