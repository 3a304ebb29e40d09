import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { awsDefaults } from "./defaults.ts";

const page = readFileSync(new URL("../../../docs/defaults.md", import.meta.url), "utf8");

function numberOf(text: string): number {
  const [, amount, unit = ""] = /^(\d+)( MiB|s)?$/.exec(text) ?? [];
  return Number(amount) * ({ " MiB": 1024 * 1024, s: 1000 }[unit] ?? 1);
}

test("the table of defaults in the docs is the code's", () => {
  const [, table = ""] = /^## AWS Secrets Manager and Parameter Store$([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(page) ?? [];
  const rows = table.split("\n").flatMap((line) => {
    const cells = line.split("|").map((cell) => cell.trim().replaceAll("`", ""));
    return /^\w+$/.test(cells[4] ?? "") && cells[4] !== "name" ? [[cells[4], numberOf(cells[2] ?? "")]] : [];
  });
  expect(Object.fromEntries(rows)).toEqual(awsDefaults);
});
