/** How problems name the environment, in the place of a source. */
export const environmentName = "environment";

/** Variables by name; `process.env` is one. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The environment of one `loadConfig`. */
export class Environment {
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  /**
   * Undefined where the variable is not set or empty: `PORT=` is how Docker, Compose and CI say that there is none. Text
   * alone counts, since an object has a `constructor` that nobody set.
   */
  value(name: string): string | undefined {
    const value: unknown = this.#variables[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  isEmpty(name: string): boolean {
    return this.#variables[name] === "";
  }
}

const longestVariable = 255;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const impossible = /[=\s\u0000-\u001f\u007f-\u009f]/;

/** Why no variable can have this name, or undefined if one might. */
export function variableProblem(name: unknown): string | undefined {
  if (typeof name !== "string") return "A variable's name must be a string.";
  if (name === "") return "A variable's name must not be empty.";
  if (name.length > longestVariable) return `A variable's name must be at most ${longestVariable} characters.`;
  if (impossible.test(name)) {
    return "A variable's name holds no `=`, blanks or control characters: give the name, not the value.";
  }
  return undefined;
}
