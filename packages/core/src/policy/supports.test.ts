import { expect, test } from "vitest";
import type { VersionSelector } from "../source/secret-ref.ts";
import type { SourceTraits } from "../source/source-traits.ts";
import { unsupportedVersion } from "./supports.ts";

const everything: SourceTraits = {
  stages: ["current", "previous", "pending"],
  versionIds: true,
  labels: true,
  binary: true,
  mints: false,
};
const nothing: SourceTraits = { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false };
const selectors: VersionSelector[] = ["current", "previous", "pending", { id: "7" }, { label: "blue" }];

test.each(selectors)("a source that promises everything is asked for %j", (version) => {
  expect(unsupportedVersion("vault-kv", everything, version)).toBeUndefined();
});

test("a source that promises nothing has its current version", () => {
  expect(unsupportedVersion("env", nothing, "current")).toBeUndefined();
});

test.each<[VersionSelector, string]>([
  ["previous", "The env source has these stages: current."],
  ["pending", "The env source has these stages: current."],
  [{ id: "7" }, "The env source has no version ids."],
  [{ label: "blue" }, "The env source has no labels."],
])("one that promises nothing is not asked for %j", (version, advice) => {
  expect(unsupportedVersion("env", nothing, version)).toEqual({ failure: "unsupported", advice });
});

test("each promise stands for itself", () => {
  const ids = { ...nothing, versionIds: true };
  expect(unsupportedVersion("x", ids, { id: "7" })).toBeUndefined();
  expect(unsupportedVersion("x", ids, { label: "7" })?.failure).toBe("unsupported");
  const labels = { ...nothing, labels: true };
  expect(unsupportedVersion("x", labels, { label: "7" })).toBeUndefined();
  expect(unsupportedVersion("x", labels, { id: "7" })?.failure).toBe("unsupported");
  const previous = { ...nothing, stages: ["current", "previous"] as const };
  expect(unsupportedVersion("x", previous, "previous")).toBeUndefined();
  expect(unsupportedVersion("x", previous, "pending")).toEqual({
    failure: "unsupported",
    advice: "The x source has these stages: current, previous.",
  });
});

test("the refusal does not repeat the id or the label", () => {
  const answers = [{ id: "hunter2" }, { label: "hunter2" }].map((version) => unsupportedVersion("x", nothing, version));
  expect(JSON.stringify(answers)).not.toContain("hunter2");
});
