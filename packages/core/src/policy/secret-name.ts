export const longestName = 2048;
/** Of a version's id or label, whoever gives it. */
const longestVersion = 2048;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const control = /[\u0000-\u001f\u007f-\u009f]/;

/** Why no store can have a secret of this name, or undefined if one might. */
export function nameProblem(name: unknown): string | undefined {
  if (typeof name !== "string") return "A secret's name must be a string.";
  if (name === "") return "A secret's name must not be empty: check the variable or template that it came from.";
  if (name.length > longestName) {
    return `A secret's name must be at most ${longestName} characters; this one has ${name.length}: check the variable or template that it came from.`;
  }
  if (control.test(name)) return "A secret's name must not hold control characters: check it for a stray line end.";
  if (!name.isWellFormed()) return "A secret's name must be well-formed Unicode, without lone surrogates.";
  return undefined;
}

/** Why a version's id or label, a store's own or one that is asked for, is none; undefined if it may be one. It enters logs as names do. */
export function versionProblem(version: string): string | undefined {
  if (version.length > longestVersion) return `is longer than ${longestVersion} characters`;
  if (control.test(version)) return "holds control characters";
  return version.isWellFormed() ? undefined : "is no well-formed Unicode";
}
