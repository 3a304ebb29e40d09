/** A page's generated parts by name. */
export type Parts = Readonly<Record<string, string>>;

/**
 * Puts generated parts between their marks, `<!-- name: ... -->` and `<!-- end of name -->`, and leaves all else alone.
 *
 * @throws Error when the page lacks the marks of a part.
 */
export function fillIn(page: string, parts: Parts): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const pattern = new RegExp(`(<!-- ${name}: [^>]*-->\n)[^]*?(<!-- end of ${name} -->)`);
    if (!pattern.test(text)) throw new Error(`The page has no marks for "${name}".`);
    return text.replace(pattern, (_, begin: string, end: string) => `${begin}\n${part.trim()}\n\n${end}`);
  }, page);
}

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
