import { expect, test } from "vitest";
import { thrownBy } from "../../test/outcomes.ts";
import { uriSettings } from "./uri-settings.ts";

test("gives the path and the known parameters", () => {
  expect(uriSettings("env:?prefix=MYAPP_", "env", ["prefix"])).toEqual({ path: "", settings: { prefix: "MYAPP_" } });
  expect(uriSettings("file:./a", "file", ["format"])).toEqual({ path: "./a", settings: {} });
});

test("refuses another scheme", () => {
  expect(thrownBy(() => uriSettings("file:./a", "env", ["prefix"])).message).toContain("must begin with `env:`");
});

test.each([
  ["env:?prefx=hunter2", "parameter 1 of the `env:` URI is not known; known: prefix"],
  ["env:?prefix=a&hunter2", "parameter 2 of the `env:` URI is not known; known: prefix"],
  ["env:?prefix=a&prefix=hunter2", "parameter 2 of the `env:` URI gives `prefix` a second time"],
  ["env:?prefix=&prefix=hunter2", "parameter 2 of the `env:` URI gives `prefix` a second time"],
  ["env:?__proto__=hunter2", "parameter 1 of the `env:` URI is not known"],
])("refuses %s by its place", (text, complaint) => {
  const error = thrownBy(() => uriSettings(text, "env", ["prefix"]));
  expect(error.code).toBe("invalid-options");
  expect(error.message).toContain(complaint);
  expect(error.message).not.toContain("hunter2");
});
