const gap = "  ";
const widest = 120;
const narrowestLast = 60;

/**
 * Rows below each other, in columns as wide as they need to be; what is too long in the last one goes on below itself.
 * Cells are lines of visible text. No line ends in a blank, and the text ends without a line end.
 */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.slice(0, -1).map((_, column) => Math.max(...[head, ...rows].map((row) => lengthOf(row[column]))));
  const indent = widths.reduce((sum, width) => sum + width + gap.length, gap.length);
  const lastWidth = Math.max(narrowestLast, widest - indent);
  const rule = [...widths.map((width) => "-".repeat(width)), "-".repeat(lengthOf(head.at(-1)))];
  return [head, rule, ...rows].map(print).join("\n");

  function print(row: readonly string[]): string {
    const columns = widths.map((width, column) => gap + padded(row[column] ?? "", width));
    const [first = "", ...more] = wrapped(row.at(-1) ?? "", lastWidth);
    return [columns.join("") + gap + first, ...more.map((line) => " ".repeat(indent) + line)]
      .map((line) => line.trimEnd())
      .join("\n");
  }
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && lengthOf(line) + 1 + lengthOf(word) <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function padded(cell: string, width: number): string {
  return cell + " ".repeat(width - lengthOf(cell));
}

/** In code points, which is nearer to what one sees than UTF-16 units. */
function lengthOf(text: string | undefined): number {
  return text === undefined ? 0 : [...text].length;
}
