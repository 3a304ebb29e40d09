import type { SecretsErrorCode } from "../errors/error-code.ts";

/**
 * A redacting wrapper around one value of one version of one secret. Whatever prints, serialises, copies or coerces
 * it gets `[secret NAME: call reveal()]` or nothing; only {@link reveal} gives the value.
 */
export interface Secret<T> {
  /**
   * The value. JSON is deep-frozen and shared. Bytes (a Uint8Array or Buffer, also in the plain objects and arrays of a
   * schema's output) are a fresh copy at every call, yours to wipe. What a schema makes besides (maps, dates, instances of
   * classes) is shared as it is.
   */
  reveal(): T;
  readonly name: string;
  /** The store's own version id; undefined where the store has none. */
  readonly version: string | undefined;
  /** When the read that brought it was started, epoch milliseconds. */
  readonly fetchedAt: number;
  /** What the store says about the secret besides its value. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Undefined, or why an older value was served. A snapshot: it does not change afterwards. */
  readonly stale: SecretsErrorCode | undefined;
}
