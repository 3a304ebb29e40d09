const longest = 256;

// What JSON leaves as it is although it cannot be seen, or changes how its surroundings are read: DEL and C1 controls,
// format characters (bidirectional overrides, zero widths, tags), fillers, line separators, blanks that are no space.
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** A name as it may stand in a line of text: one line, everything visible, shortened. */
export function printableName(name: string): string {
  const shortened = name.length > longest ? `${name.slice(0, longest)}… (${name.length} characters)` : name;
  return JSON.stringify(shortened)
    .slice(1, -1)
    .replaceAll(invisible, (character) => {
      const hex = character.codePointAt(0)?.toString(16) ?? "";
      return character.length > 1 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
    });
}
