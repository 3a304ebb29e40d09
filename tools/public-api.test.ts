import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import { type ExportedName, exportsOf, isValue, listName, printExports } from "./public-api.ts";
import { publicPackages } from "./public-packages.ts";

/** The most values that a package's root entry may export. */
const mostValues = (name: string) => ({ "@secretsource/core": 15, "@secretsource/provider-vault": 7 })[name] ?? 4;

describe.each(publicPackages())("the public surface of $name", (one) => {
  let entries: Map<string, ExportedName[]>;

  beforeAll(() => {
    entries = exportsOf(one);
  }, 60_000);

  it("is what its list says (meant? `pnpm api:update`, and read the diff)", () => {
    const list = join(one.folder, listName);
    const committed = existsSync(list) ? readFileSync(list, "utf8") : "";
    expect(printExports(entries)).toBe(committed);
  });

  it("stays small at the root", () => {
    const values = entries.get(one.name)?.filter(isValue) ?? [];
    expect(values.length).toBeGreaterThan(0);
    expect(values.length).toBeLessThanOrEqual(mostValues(one.name));
  });

  it.each(one.entries)("is only re-exported, by name, in the file of $specifier", ({ source }) => {
    const file = ts.createSourceFile(source, readFileSync(source, "utf8"), ts.ScriptTarget.Latest);
    const others = file.statements.filter((statement) => !reExportsByName(statement));
    expect(others.map((statement) => statement.getText(file))).toEqual([]);
  });

  it("has no default export", () => {
    const names = [...entries.values()].flat().map(({ name }) => name);
    expect(names).not.toContain("default");
  });
});

function reExportsByName(statement: ts.Statement): boolean {
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) return false;
  return statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause);
}
