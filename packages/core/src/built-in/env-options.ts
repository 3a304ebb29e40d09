import { resolve } from "node:path";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { copyOf, readOptions } from "../source-kit/read-options.ts";
import { variableKey } from "./variable-key.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvOptions {
  /** Stands before every variable that is not given by `names`. Default: none. */
  readonly prefix?: string | undefined;
  /** Variables of their own for some secrets, prefix and all: `{ "production/myapp/db": "DATABASE_URL" }`. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** Where variables are looked up, anew at every read. Default: `process.env`. */
  readonly env?: Environment | undefined;
}

/** Options that are checked and complete. */
export interface EnvSettings {
  readonly prefix: string;
  readonly names: ReadonlyMap<string, string>;
  readonly env: () => Environment;
  /** What the paths in `_FILE` variables are relative to. */
  readonly directory: string;
}

const variablePattern = /^[A-Za-z_][A-Za-z0-9_.-]{0,255}$/;

/** @throws SecretsError `invalid-options` */
export function envSettings(options: unknown): EnvSettings {
  const given = readOptions(options, ["prefix", "names", "env"], "The options of envSource");
  const { prefix = "", env } = given;
  if (typeof prefix !== "string" || (prefix !== "" && !variablePattern.test(prefix))) {
    return invalidOptions("`prefix` of envSource must be the beginning of a variable's name, such as `MYAPP_`.");
  }
  if (env !== undefined && (typeof env !== "object" || env === null)) {
    return invalidOptions("`env` of envSource must be an object of variables, as `process.env` is.");
  }
  const variables = env as Environment | undefined;
  return { prefix, names: checkedNames(given.names), env: () => variables ?? process.env, directory: resolve() };
}

function checkedNames(given: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  if (given === undefined) return names;
  const taken = new Set<string>();
  const copy = copyOf(given) ?? invalidOptions("`names` of envSource must map names of secrets to variables.");
  for (const [name, variable] of Object.entries(copy)) {
    if (typeof variable !== "string" || !variablePattern.test(variable)) {
      return invalidOptions("`names` of envSource must map to names of variables, such as `DATABASE_URL`.");
    }
    if (taken.has(variableKey(variable))) {
      return invalidOptions(`\`names\` of envSource gives the variable ${variable} to two secrets.`);
    }
    taken.add(variableKey(variable));
    names.set(name, variable);
  }
  return names;
}
