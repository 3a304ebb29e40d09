import { type Document, isNode, LineCounter, parseAllDocuments } from "yaml";

export interface YamlDocument {
  readonly value: unknown;
  /** What is wrong with the text itself: a key twice, a bracket that is not closed. */
  readonly problems: readonly { readonly line: number; readonly what: string }[];
  /** Where a field stands; for one that is not there, its nearest parent. */
  lineOf(path: readonly string[]): number;
}

/** Reads YAML 1.1, as Kubernetes does: there, a bare `yes` or `on` is a boolean. */
export function readYaml(text: string): YamlDocument[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { version: "1.1", lineCounter: lines, prettyErrors: false });
  return Array.from(documents)
    .filter((document) => document.contents !== null || document.errors.length > 0)
    .map((document) => ({
      value: document.errors.length > 0 ? undefined : document.toJS(),
      problems: document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, what: message })),
      lineOf: (path) => lines.linePos(offsetOf(document, path)).line,
    }));
}

function offsetOf(document: Document, path: readonly string[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.range?.[0] ?? 0;
}
