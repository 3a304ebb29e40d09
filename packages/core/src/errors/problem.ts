import type { SecretsErrorCode } from "./error-code.ts";

/** One missing or invalid item of a config. Names and reasons, never a value. */
export interface Problem {
  /** Where it stands in the config: `database`, `mail.smtp.password`. */
  readonly path: string;
  readonly code: SecretsErrorCode;
  /** The source that was asked; undefined for items that no source gives. */
  readonly source?: string | undefined;
  /** The secret's or variable's name. */
  readonly name?: string | undefined;
  /** Why, in words. */
  readonly reason: string;
}
