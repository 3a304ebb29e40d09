import { expect, test } from "vitest";
import { thrownBy } from "../../test/outcomes.ts";
import { readOptions } from "./read-options.ts";

const read = (options: unknown) => readOptions(options, ["prefix", "names"], "The options of envSource");

test("gives a copy, and nothing where nothing is given", () => {
  const options = { prefix: "A_" };
  expect(read(options)).toEqual(options);
  expect(read(options)).not.toBe(options);
  expect(read(undefined)).toEqual({});
});

test("calls each getter once", () => {
  let calls = 0;
  const options = {
    get prefix() {
      calls += 1;
      return "A_";
    },
  };
  expect(read(options).prefix).toBe("A_");
  expect(calls).toBe(1);
});

test("refuses an unknown option and lists the known ones", () => {
  const error = thrownBy(() => read({ prefx: "hunter2" }));
  expect(error.code).toBe("invalid-options");
  expect(error.message).toContain('The options of envSource: there is no option "prefx"; there are prefix, names.');
  expect(error.message).not.toContain("hunter2");
});

test.each([
  ["null", null],
  ["text", "env:"],
  ["a list", ["A_"]],
  [
    "a getter that throws",
    {
      get prefix() {
        throw new Error("hunter2");
      },
    },
  ],
  [
    "a proxy that throws",
    new Proxy(
      {},
      {
        ownKeys() {
          throw new Error("hunter2");
        },
      },
    ),
  ],
])("refuses %s", (_what, options) => {
  const error = thrownBy(() => read(options));
  expect(error.code).toBe("invalid-options");
  expect(error.message).toContain("must be a plain object that can be read");
  expect(`${error.stack}${error.cause}`).not.toContain("hunter2");
});
