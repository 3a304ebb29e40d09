import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeSource } from "../src/index.ts";
import { memoryHarness } from "./sources/memory-harness.ts";

const folder = join(import.meta.dirname, "runner");

/** What the suite says when `node:test` runs it. */
function underNodeTest(...given: string[]) {
  const options = ["--import", join(folder, "from-sources.ts"), "--test-reporter", "tap"];
  const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  const file = join(folder, "under-node-test.ts");
  return spawnSync(process.execPath, [...options, file, ...given], { encoding: "utf8", env, timeout: 30_000 });
}

function applicable(): number {
  return describeSource(memoryHarness, { describe: (_title, body) => body(), test: () => {} }).cases.length;
}

test("node:test runs it: every case and the rotation pass", () => {
  const { status, stdout, stderr } = underNodeTest();
  expect(stderr).toBe("");
  expect(stdout).toMatch(new RegExp(`^# tests ${applicable() + 1}$`, "m"));
  expect(stdout).toMatch(new RegExp(`^# pass ${applicable() + 1}$`, "m"));
  expect(stdout).toMatch(/^# skipped 0$/m);
  expect(status).toBe(0);
});

test("under node:test, a source that is broken fails by the name of the case", () => {
  const { status, stdout } = underNodeTest("broken");
  expect(stdout).toMatch(/not ok \d+ - reading\/text: /);
  expect(stdout).toMatch(/the read gave the failure `not-found`, not a record/);
  expect(status).not.toBe(0);
});
