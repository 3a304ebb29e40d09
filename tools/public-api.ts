import { writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type PublicPackage, publicPackages } from "./public-packages.ts";
import { typeScriptOptions } from "./typescript-options.ts";

/** The file, in a package's folder, that lists what the package exports. */
export const listName = "public-api.txt";

export interface ExportedName {
  readonly kind: "class" | "const" | "function" | "interface" | "type";
  readonly name: string;
  /** Of an interface or a class: what it has, sorted; `?` marks what may be absent. */
  readonly members: readonly string[];
}

export function isValue({ kind }: ExportedName): boolean {
  return kind !== "interface" && kind !== "type";
}

/** What each entry of a package exports, from its sources, by specifier. */
export function exportsOf({ entries }: PublicPackage): Map<string, ExportedName[]> {
  const program = ts.createProgram(
    entries.map(({ source }) => source),
    typeScriptOptions(),
  );
  const checker = program.getTypeChecker();
  return new Map(
    entries.map(({ specifier, source }) => {
      const file = program.getSourceFile(source);
      const module = file && checker.getSymbolAtLocation(file);
      if (module === undefined) throw new Error(`${specifier}: ${source} is missing or exports nothing`);
      const names = checker.getExportsOfModule(module).map((symbol) => describe(program, symbol));
      return [specifier, names.sort((a, b) => order(a).localeCompare(order(b), "en"))];
    }),
  );
}

function order(exported: ExportedName): string {
  return `${isValue(exported) ? 0 : 1} ${exported.name}`;
}

function describe(program: ts.Program, exported: ts.Symbol): ExportedName {
  const { name } = exported;
  const checker = program.getTypeChecker();
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  if (symbol.flags & ts.SymbolFlags.Class) return { kind: "class", name, members: membersOf(program, symbol) };
  if (symbol.flags & ts.SymbolFlags.Function) return { kind: "function", name, members: [] };
  if (symbol.flags & ts.SymbolFlags.Variable) return { kind: "const", name, members: [] };
  if (symbol.flags & ts.SymbolFlags.Interface) return { kind: "interface", name, members: membersOf(program, symbol) };
  return { kind: "type", name, members: [] };
}

function membersOf(program: ts.Program, symbol: ts.Symbol): string[] {
  const checker = program.getTypeChecker();
  const members = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
  return members
    .filter((member) => !member.name.startsWith("__") && !comesWithTheLanguage(program, member))
    .map((member) => (member.flags & ts.SymbolFlags.Optional ? `${member.name}?` : member.name))
    .sort((a, b) => a.localeCompare(b, "en"));
}

function comesWithTheLanguage(program: ts.Program, { declarations = [] }: ts.Symbol): boolean {
  return declarations.some((declaration) => program.isSourceFileDefaultLibrary(declaration.getSourceFile()));
}

/** The list as it is committed. */
export function printExports(entries: ReadonlyMap<string, readonly ExportedName[]>): string {
  const blocks = [...entries].map(([specifier, names]) => [specifier, ...names.map(printName)].join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

function printName({ kind, name, members }: ExportedName): string {
  const listed = members.length === 0 ? "" : ` { ${members.join(", ")} }`;
  return `  ${kind.padEnd(9)} ${name}${listed}`;
}

if (import.meta.main) {
  for (const one of publicPackages()) {
    writeFileSync(join(one.folder, listName), printExports(exportsOf(one)));
    console.log(`${one.name}: ${listName} written. Read its diff: every change of it is a decision.`);
  }
}
