import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fillIn } from "../lib/fill-in.ts";
import { readResults } from "../lib/results.ts";
import { vaultParts } from "./page-parts.ts";

it("the page shows the committed results", () => {
  const page = readFileSync(join(import.meta.dirname, "README.md"), "utf8");
  expect(page).toBe(fillIn(page, vaultParts(readResults("vault"))));
});
