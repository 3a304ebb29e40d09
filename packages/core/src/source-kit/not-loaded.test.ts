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

test.each([
  'Dynamic require of "process" is not supported',
  "__dirname is not defined",
  "__filename is not defined in ES module scope",
  "require is not defined in ES module scope, you can use import instead",
])("a bundle that is an ES module lacks what CommonJS has: %s", (message) => {
  const { advice } = notLoaded("The SDK", new Error(message));
  expect(advice).toMatch(/^The SDK cannot be loaded: .*bundle into CommonJS/);
});

test.each([
  [new SyntaxError("hunter2"), { name: "SyntaxError" }],
  [new TypeError("hunter2"), { name: "TypeError" }],
  [Object.assign(new ReferenceError("hunter2"), { code: "ERR_X" }), { name: "ReferenceError", code: "ERR_X" }],
  [Object.assign(new Error("2"), { name: "hunter2" }), undefined],
  [new Error("hunter2"), undefined],
])("names the language's own errors alone: %s", (error, native) => {
  const failure = notLoaded("The SDK", error);
  expect(failure.native).toEqual(native);
  expect(JSON.stringify(failure)).not.toContain("hunter2");
});

test("what throws when it is read is a failure as any other", () => {
  const hostile = new Proxy(new Error("hunter2"), {
    get() {
      throw new Error("hunter2");
    },
  });
  expect(notLoaded("The SDK", hostile)).toMatchObject({ failure: "unknown", madeNothing: true });
});

test.each([undefined, null, "hunter2", 1])("what is no error has no code: %s", (thrown) => {
  expect(notLoaded("The SDK", thrown)).not.toHaveProperty("native");
});
