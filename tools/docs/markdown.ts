export interface CodeBlock {
  /** The word after the fence: `ts`, `sh`. */
  readonly language: string;
  /** What follows that word. */
  readonly info: string;
  /** The number of its first line of code, counted from 1. */
  readonly line: number;
  readonly code: string;
  /** TypeScript of an HTML comment `<!-- ts: … -->` right above: checked with the block, not shown to readers. */
  readonly unseen: string;
}

export interface Prose {
  readonly line: number;
  readonly text: string;
}

export interface Page {
  readonly blocks: readonly CodeBlock[];
  /** The lines outside code blocks, without what stands in backticks. */
  readonly prose: readonly Prose[];
  readonly anchors: ReadonlySet<string>;
}

const fence = /^(?<indent>\s*)(?<marks>`{3,}|~{3,})\s*(?<language>[\w-]*)\s*(?<info>.*)$/;

export function readMarkdown(text: string): Page {
  const lines = text.split("\n");
  const blocks: CodeBlock[] = [];
  const prose: Prose[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const { marks, language = "", info = "", indent = "" } = fence.exec(line)?.groups ?? {};
    if (marks === undefined) {
      prose.push({ line: index + 1, text: line });
      continue;
    }
    const end = closing(lines, index + 1, marks);
    const code = lines.slice(index + 1, end).map((one) => (one.startsWith(indent) ? one.slice(indent.length) : one));
    blocks.push({ language, info, line: index + 2, code: code.join("\n"), unseen: commentAbove(lines, index) });
    index = end;
  }
  return { blocks, prose: prose.map(withoutCode), anchors: anchorsOf(prose) };
}

function closing(lines: readonly string[], from: number, marks: string): number {
  const end = lines.findIndex((line, index) => index >= from && line.trim().startsWith(marks) && !/\w/.test(line));
  return end === -1 ? lines.length : end;
}

function commentAbove(lines: readonly string[], fenceIndex: number): string {
  const above = lines.slice(0, fenceIndex).join("\n").trimEnd();
  return /<!-- ts:(?<code>(?:(?!-->)[\s\S])*)-->$/.exec(above)?.groups?.code?.trim() ?? "";
}

function withoutCode({ line, text }: Prose): Prose {
  return { line, text: text.replaceAll(/(`+)(?:(?!\1).)*\1/g, "") };
}

function anchorsOf(prose: readonly Prose[]): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const { text } of prose) {
    for (const [, id = ""] of text.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id);
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(text)?.[1];
    if (heading === undefined) continue;
    const slug = slugOf(heading);
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    anchors.add(before === 0 ? slug : `${slug}-${before}`);
  }
  return anchors;
}

/** As the sites that render Markdown make it. */
function slugOf(heading: string): string {
  const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  return plain
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}
