import type { SecretsErrorCode } from "./error-code.ts";
import { messageOf } from "./message-of.ts";
import { type NativeError, reduceNative } from "./native-error.ts";
import type { Problem } from "./problem.ts";
import { isRetryable } from "./retryable.ts";

const marker = Symbol.for("secretsource.error");

/** What a {@link SecretsError} is made from. */
export interface SecretsErrorInit {
  readonly code: SecretsErrorCode;
  readonly source?: string | undefined;
  readonly secretName?: string | undefined;
  readonly attempts?: number | undefined;
  readonly advice?: string | undefined;
  readonly cause?: NativeError | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/**
 * The one error of this library. Its message is a fixed sentence plus names and advice: no value, token or
 * request body is ever part of it, of its stack, or of its cause.
 */
export class SecretsError extends Error {
  /** The portable reason; decide on this, not on the message. */
  readonly code: SecretsErrorCode;
  /** The source that was asked, by the name it has in this instance. */
  readonly source: string | undefined;
  readonly secretName: string | undefined;
  /** True where the same call may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** Calls made to the store before giving up; 0 where none was made. */
  readonly attempts: number;
  /** What to do about it. */
  readonly advice: string | undefined;
  /** Identifiers of the store's own error; never the native object. */
  declare readonly cause: NativeError | undefined;
  /** For `invalid-config`: every missing or invalid item. */
  declare readonly problems: readonly Problem[] | undefined;

  constructor(init: SecretsErrorInit) {
    const cause = reduceNative(init.cause);
    super(messageOf(init), cause === undefined ? undefined : { cause: Object.freeze(cause) });
    this.code = init.code;
    this.source = init.source;
    this.secretName = init.secretName;
    this.retryable = isRetryable(init.code);
    this.attempts = init.attempts ?? 0;
    this.advice = init.advice;
    if (init.problems !== undefined) {
      const problems = Object.freeze(init.problems.map((problem) => Object.freeze({ ...problem })));
      Object.defineProperty(this, "problems", { value: problems, enumerable: true });
    }
  }
}

// Outside of the class: one that names itself inside is renamed by bundlers, and an uncaught error prints its class.
Object.defineProperty(SecretsError.prototype, marker, { value: true });
Object.defineProperty(SecretsError.prototype, "name", { value: "SecretsError", writable: true, configurable: true });

/** Recognises a {@link SecretsError}, also one made by another copy of this package (ESM beside CJS, two versions). */
export function isSecretsError(error: unknown): error is SecretsError {
  if (typeof error !== "object" || error === null) return false;
  try {
    return (error as { [marker]?: unknown })[marker] === true;
  } catch {
    // Thrown values may be anything, also a proxy that does not answer.
    return false;
  }
}
