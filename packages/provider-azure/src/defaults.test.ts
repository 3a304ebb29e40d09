import { readFileSync } from "node:fs";
import { parseDuration } from "@secretsource/core/source-kit";
import { expect, test } from "vitest";
import { azureDefaults } from "./defaults.ts";

const page = readFileSync(new URL("../../../docs/defaults.md", import.meta.url), "utf8");

function numberOf(text: string): number {
  const mebibytes = /^(\d+) MiB$/.exec(text);
  if (mebibytes !== null) return Number(mebibytes[1]) * 1024 * 1024;
  return /^\d+$/.test(text) ? Number(text) : parseDuration(text, text);
}

test("the table of defaults in the docs is the code's", () => {
  const [, table = ""] = /^## Azure Key Vault$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(page) ?? [];
  const rows = table.split("\n").flatMap((line) => {
    const cells = line.split("|").map((cell) => cell.trim().replaceAll("`", ""));
    return /^\w+$/.test(cells[4] ?? "") && cells[4] !== "name" ? [[cells[4], numberOf(cells[2] ?? "")]] : [];
  });
  expect(Object.fromEntries(rows)).toEqual(azureDefaults);
});
