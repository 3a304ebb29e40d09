import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Duration, parseDuration } from "../time/duration.ts";
import { policyDefaults } from "./defaults.ts";

const all = readFileSync(new URL("../../../../docs/defaults.md", import.meta.url), "utf8");
// Below it, the providers' own.
const page = all.slice(0, all.search(/^## /m));

function numberOf(text: string): number {
  const mebibytes = /^(\d+) MiB$/.exec(text);
  if (mebibytes !== null) return Number(mebibytes[1]) * 1024 * 1024;
  return /^[\d.]+$/.test(text) ? Number(text) : parseDuration(text as Duration, text);
}

test("the table of defaults in the docs is the code's", () => {
  const rows = page.split("\n").flatMap((line) => {
    const cells = line.split("|").map((cell) => cell.trim());
    const name = /^`(\w+)`$/.exec(cells[4] ?? "")?.[1];
    const value = /^`(.+)`$/.exec(cells[2] ?? "")?.[1];
    return name === undefined || value === undefined ? [] : [[name, numberOf(value)] as const];
  });
  expect(Object.fromEntries(rows)).toEqual(policyDefaults);
  expect(rows).toHaveLength(Object.keys(policyDefaults).length);
});
