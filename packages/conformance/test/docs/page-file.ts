import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { begin, conformancePage } from "./conformance-page.ts";

const path = join(import.meta.dirname, "../../../../docs/conformance.md");

export function readPage(): string {
  return readFileSync(path, "utf8");
}

/** The page as it ought to be: what somebody wrote, then what is made. */
export function pageAsItOughtToBe(): string {
  const [written = ""] = readPage().split(begin);
  return `${written}${begin}\n\n${conformancePage()}`;
}

export function writePage(): void {
  writeFileSync(path, pageAsItOughtToBe());
}
