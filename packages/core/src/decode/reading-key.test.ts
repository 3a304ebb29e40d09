import { expect, test } from "vitest";
import { schemaThat } from "../../test/schema-that.ts";
import { plainText, type Reading } from "./reading.ts";
import { readingKey } from "./reading-key.ts";

test("tells readings apart, and only those", () => {
  const [one, other] = [schemaThat((value) => ({ value })), schemaThat((value) => ({ value }))];
  const parts: Partial<Reading>[] = [
    {},
    { as: "text" },
    { as: "json" },
    { field: "" },
    { field: "a" },
    { as: "json", field: "a" },
    { schema: one },
    { schema: other },
    { schema: one, field: "a" },
    { schema: one, field: "1" },
  ];
  const keys = parts.map((part) => readingKey({ ...plainText, ...part }));
  expect(new Set(keys).size).toBe(parts.length);
  expect(parts.map((part) => readingKey({ ...plainText, ...part }))).toEqual(keys);
});
