import { expect, test } from "vitest";
import { isAnswerLost } from "../policy/answer-lost.ts";
import { notLoaded } from "./not-loaded.ts";

const failedWith = (code: unknown) => Object.assign(new Error("hunter2"), { code });

test("says what cannot be loaded, what to do, and that nothing was made by it", () => {
  const failure = notLoaded("The SDK", failedWith("ERR_MODULE_NOT_FOUND"));
  expect(failure).toEqual({
    failure: "unknown",
    madeNothing: true,
    advice: "The SDK cannot be loaded: install the dependencies anew, and ship all files of a bundle.",
    native: { code: "ERR_MODULE_NOT_FOUND" },
  });
  expect(isAnswerLost(failure)).toBe(false);
});

test.each(["EMFILE", "ENFILE"])("an installation is not to blame for %s", (code) => {
  const { advice, native } = notLoaded("The SDK", failedWith(code));
  expect(advice).toMatch(/^The SDK cannot be loaded: too many files are open/);
  expect(native).toEqual({ code });
});

test.each([
  ["MODULE_NOT_FOUND", true],
  ["ERR_PACKAGE_PATH_NOT_EXPORTED", true],
  ["EACCES", true],
  ["hunter2", false],
  ["ERR_hunter2", false],
  ["EHUNTER_2", false],
  ["E ACCES", false],
  [42, false],
  [undefined, false],
])("passes on Node's own codes alone: %s, %s", (code, isPassed) => {
  expect(notLoaded("The SDK", failedWith(code)).native).toEqual(isPassed ? { code } : undefined);
});

test.each([undefined, null, "hunter2", 1])("what is no error has no code: %s", (thrown) => {
  expect(notLoaded("The SDK", thrown)).not.toHaveProperty("native");
});
