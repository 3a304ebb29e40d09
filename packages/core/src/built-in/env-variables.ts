import { displayName } from "../errors/display-name.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { variableKey } from "./variable-key.ts";

const mostClaims = 10_000;

/**
 * Which secret a variable belongs to. The way from a name to its variable loses information (`a/b` and `a-b` are both
 * `A_B`), so a variable that answered for one secret never answers for another.
 *
 * What `names` says holds before anything is read, in whatever order. Otherwise the first secret that finds the
 * variable **set** has it for good: whichever of the two is asked first, a program that uses both gets the error, and
 * one that asks for made-up names neither takes a variable away nor fills the memory, for they find nothing.
 */
export class EnvVariables {
  readonly #prefix: string;
  readonly #names: ReadonlyMap<string, string>;
  readonly #declared = new Map<string, string>();
  readonly #claimed = new Map<string, string>();

  constructor(prefix: string, names: ReadonlyMap<string, string>) {
    this.#prefix = prefix;
    this.#names = names;
    for (const [name, variable] of names) this.#declared.set(variableKey(variable), name);
  }

  /** The variable of a secret: prefix, then the name in capitals with `_` for each other character. */
  variableOf(name: string): string | SourceFailure {
    const declared = this.#names.get(name);
    if (declared !== undefined) return declared;
    if (!/[A-Za-z0-9]/.test(name)) {
      return {
        failure: "invalid-request",
        advice: `${displayName(name)} has no letter or digit for a variable's name: ${useNames}`,
      };
    }
    const variable = this.#prefix + name.replaceAll(/[^A-Za-z0-9]/gu, "_").toUpperCase();
    const owner = this.#declared.get(variableKey(variable));
    return owner === undefined ? variable : collision(variable, owner, name);
  }

  /** The variable that names the file with the value, unless `names` gives it to a secret of its own. */
  fileVariableOf(variable: string): string | undefined {
    const fileVariable = `${variable}_FILE`;
    return this.#declared.has(variableKey(fileVariable)) ? undefined : fileVariable;
  }

  /** Takes variables that are set for a secret; says why where one already answered for another. */
  claim(variables: readonly string[], name: string): SourceFailure | undefined {
    const free: string[] = [];
    for (const variable of variables) {
      const owner = this.#claimed.get(variableKey(variable));
      if (owner === undefined) free.push(variableKey(variable));
      else if (owner !== name) return collision(variable, owner, name);
    }
    if (this.#claimed.size + free.length > mostClaims) return tooMany;
    for (const key of free) this.#claimed.set(key, name);
    return undefined;
  }
}

const useNames = "give it a variable of its own by `names` of envSource.";

const tooMany: SourceFailure = {
  failure: "unsupported",
  advice: `An environment source answers for at most ${mostClaims} variables.`,
};

function collision(variable: string, owner: string, name: string): SourceFailure {
  return {
    failure: "invalid-request",
    advice: `The secrets ${displayName(owner)} and ${displayName(name)} both lead to the variable ${displayName(variable)}: give one of them another by \`names\` of envSource.`,
  };
}
