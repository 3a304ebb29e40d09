import { join } from "node:path";
import ts from "typescript";
import { root } from "../project-files.ts";
import type { Finding } from "../report.ts";
import { typeScriptOptions } from "../typescript-options.ts";
import type { Page } from "./markdown.ts";

/** A TypeScript file that stands on a page: a block, or several of which the later ones say `ts continues`. */
interface Example {
  readonly path: string;
  code: string;
  /** The page's line number of each line of the code; undefined for lines that the page does not show. */
  readonly lines: (number | undefined)[];
}

/** Type-checks every `ts` block of the pages as a module of its own, beside the page, against the sources. */
export function checkCode(pages: ReadonlyMap<string, Page>): Finding[] {
  const examples = new Map<string, Example & { at: string }>();
  for (const [path, page] of pages) {
    for (const [index, example] of examplesOf(page).entries()) {
      const file = join(root, `${path}.${index}.ts`);
      examples.set(file, { ...example, path: file, at: path });
    }
  }
  const options = typeScriptOptions();
  const program = ts.createProgram([...examples.keys()], options, hostOf(examples, options));
  return [...examples.values()].flatMap((example) => {
    const file = program.getSourceFile(example.path);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map((diagnostic) => {
      const line = file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
      const what = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n  ");
      return { at: `${example.at}:${example.lines[line] ?? "(unseen)"}`, what: `TS${diagnostic.code}: ${what}` };
    });
  });
}

export function countExamples(pages: ReadonlyMap<string, Page>): number {
  return [...pages.values()].flatMap(examplesOf).length;
}

function examplesOf({ blocks }: Page): Omit<Example, "path">[] {
  const examples: Omit<Example, "path">[] = [];
  for (const block of blocks) {
    if (block.language !== "ts" && block.language !== "typescript") continue;
    const last = examples.at(-1);
    const example = block.info === "continues" && last !== undefined ? last : { code: "", lines: [] };
    if (example !== last) examples.push(example);
    for (const line of block.unseen === "" ? [] : block.unseen.split("\n")) append(example, line, undefined);
    for (const [index, line] of block.code.split("\n").entries()) append(example, line, block.line + index);
  }
  return examples;
}

function append(example: Omit<Example, "path">, text: string, line: number | undefined): void {
  example.code += `${text}\n`;
  example.lines.push(line);
}

function hostOf(examples: ReadonlyMap<string, Example>, options: ts.CompilerOptions): ts.CompilerHost {
  const disk = ts.createCompilerHost(options);
  return {
    ...disk,
    fileExists: (path) => examples.has(path) || disk.fileExists(path),
    readFile: (path) => examples.get(path)?.code ?? disk.readFile(path),
    getSourceFile: (path, version, ...rest) => {
      const example = examples.get(path);
      return example === undefined
        ? disk.getSourceFile(path, version, ...rest)
        : ts.createSourceFile(path, example.code, version);
    },
  };
}
