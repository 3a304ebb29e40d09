const longest = 1000;

// Controls, format characters and separators: what breaks a line, steers a terminal or cannot be seen.
const invisible = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

/** A sentence of somebody else's as it may stand in a line of a log: one line, everything visible, shortened. */
export function printableAdvice(text: string): string {
  // Cut before it is looked through: how long it is was not our choice.
  const line = text
    .slice(0, 2 * longest)
    .replaceAll(invisible, " ")
    .trim();
  return line.length > longest || text.length > 2 * longest ? `${line.slice(0, longest).trimEnd()}…` : line;
}
