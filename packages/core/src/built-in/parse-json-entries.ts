import { JsonScanner } from "./json-scanner.ts";
import type { ParsedEntries } from "./parsed-entries.ts";

/**
 * Parses a JSON file that holds one object: a string as it is, any other value as the very text that stands in the
 * file, so that no number loses digits. Pure and total. The built-in parser's errors quote the file and mostly lack the
 * place; it also keeps silent about a name that stands there twice.
 */
export function parseJsonEntries(text: string): ParsedEntries {
  const scanner = new JsonScanner(text);
  if (scanner.text.startsWith("\ufeff")) scanner.offset = 1;
  const entries = new Map<string, string>();
  scanner.skipBlanks();
  if (!scanner.take("{")) return wrong(scanner, "the file does not begin with an object");
  scanner.skipBlanks();
  if (!scanner.take("}")) {
    do {
      const problem = readEntry(scanner, entries);
      if (problem !== undefined) return problem;
      scanner.skipBlanks();
    } while (scanner.take(","));
    if (!scanner.take("}")) return wrong(scanner);
  }
  scanner.skipBlanks();
  return scanner.offset === text.length ? { entries } : wrong(scanner, "there is text behind the object");
}

function readEntry(scanner: JsonScanner, entries: Map<string, string>): ParsedEntries | undefined {
  scanner.skipBlanks();
  const nameStart = scanner.offset;
  if (!scanner.string()) return wrong(scanner);
  const name: string = JSON.parse(scanner.text.slice(nameStart, scanner.offset));
  if (entries.has(name)) {
    scanner.offset = nameStart;
    return wrong(scanner, "a name is given a second time");
  }
  scanner.skipBlanks();
  if (!scanner.take(":")) return wrong(scanner);
  scanner.skipBlanks();
  const start = scanner.offset;
  if (!scanner.value()) return wrong(scanner);
  const raw = scanner.text.slice(start, scanner.offset);
  entries.set(name, raw.startsWith('"') ? JSON.parse(raw) : raw);
  return undefined;
}

function wrong(scanner: JsonScanner, reason = "this is not JSON"): ParsedEntries {
  const { text, offset } = scanner;
  const before = text.slice(0, offset).split("\n");
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    reason: offset >= text.length ? "the text ends too early" : reason,
  };
}
