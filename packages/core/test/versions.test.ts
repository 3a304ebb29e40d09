import { describe, expect, test } from "vitest";
import type { VersionSelector } from "../src/source/index.ts";
import { refusal } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import type { ReadCall } from "./scripted-source.ts";

const selectors: VersionSelector[] = ["current", "previous", "pending", { id: "7" }, { label: "blue" }];
const named = ({ ref }: ReadCall) => Promise.resolve({ payload: JSON.stringify(ref.version) });

test("without a version the current one is asked for", async () => {
  const { secrets, source } = scriptedInstance("value");
  await secrets.getSecret("db");
  expect(source.calls.map(({ ref }) => ref)).toEqual([{ name: "db", version: "current" }]);
});

test.each(selectors)("%j reaches the source as it was asked", async (version) => {
  const { secrets, source } = scriptedInstance(named);
  expect((await secrets.getSecret("db", { version })).reveal()).toBe(JSON.stringify(version));
  expect(source.calls.map(({ ref }) => ref)).toEqual([{ name: "db", version }]);
});

test("each is remembered for itself; `current` and no version are the same", async () => {
  const { secrets, source } = scriptedInstance(named);
  const wanted: VersionSelector[] = [...selectors, { id: "blue" }, { label: "7" }, { id: "current" }];
  for (let round = 0; round < 2; round += 1) {
    for (const version of wanted) {
      expect((await secrets.getSecret("db", { version })).reveal()).toBe(JSON.stringify(version));
    }
  }
  await secrets.getSecret("db");
  expect(source.calls).toHaveLength(wanted.length);
});

test("the selector is copied: changing it later changes nothing", async () => {
  const version = { id: "7" };
  const { secrets, source } = scriptedInstance(named);
  const read = secrets.getSecret("db", { version });
  version.id = "8";
  expect((await read).reveal()).toBe('{"id":"7"}');
  expect(source.calls[0]?.ref.version).toEqual({ id: "7" });
});

test.each([
  "latest",
  "CURRENT",
  "",
  7,
  null,
  true,
  {},
  { id: "" },
  { id: 7 },
  { label: "" },
  { id: "7", label: "blue" },
  { id: "7", extra: true },
  { stage: "current" },
  ["current"],
  { id: "x".repeat(2049) },
])("%j is no version", async (version) => {
  const { secrets, source } = scriptedInstance("value");
  const error = await refusal(secrets.getSecret("db", { version: version as VersionSelector }));
  expect(error.code).toBe("invalid-options");
  expect(error.advice).toContain("`version`");
  expect(source.calls).toEqual([]);
});

describe("what a source does not promise it is not asked for:", () => {
  const traits = { stages: ["current"], versionIds: false, labels: false } as const;
  test.each(selectors.slice(1))("%j", async (version) => {
    const { secrets, source } = scriptedInstance("value", { traits });
    const error = await refusal(secrets.getSecret("db", { version, optional: true }));
    expect(error).toMatchObject({ code: "unsupported", source: "scripted", secretName: "db", attempts: 0 });
    expect(source.calls).toEqual([]);
  });
});
