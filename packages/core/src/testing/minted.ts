import { storedPayload } from "../built-in/memory-value.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";
import { type Duration, parseDuration } from "../time/duration.ts";
import type { MockValue } from "./mock-controls.ts";

const mark = Symbol.for("secretsource.minted");

/** What {@link minted} makes. */
export interface Minted {
  readonly [mark]: MintTerms;
}

export interface MintedOptions {
  /** How long each lease lasts, and what a renewal brings it back to. Default: `"1h"`. */
  readonly ttl?: Duration | undefined;
  /** No renewal prolongs a lease beyond this, counted from its start. Default: there is no such end. */
  readonly maxTtl?: Duration | undefined;
  /** Default: true. */
  readonly renewable?: boolean | undefined;
}

export interface MintTerms {
  /** The payload of the mint with this number, counted from 1. */
  readonly payload: (count: number) => string | Uint8Array;
  readonly ttlMs: number;
  /** `Infinity`: none. */
  readonly maxTtlMs: number;
  readonly renewable: boolean;
}

/**
 * A secret that the store makes anew at each read, with a lease of its own, as dynamic credentials are.
 *
 * ```ts
 * const creds = minted((count) => ({ username: `app-${count}`, password: `one-${count}` }), { ttl: "1h" });
 * const { secrets } = testSecrets({ "database/creds/app": creds });
 * ```
 *
 * @param value A value, or what makes the one of each mint; `count` begins at 1.
 * @throws SecretsError `invalid-options`
 */
export function minted(value: MockValue | ((count: number) => MockValue), options?: MintedOptions): Minted {
  const known = ["ttl", "maxTtl", "renewable"] as const;
  const { ttl, maxTtl, renewable } = readOptions(options, known, "The options of minted()");
  if (renewable !== undefined && typeof renewable !== "boolean") invalidOptions("`renewable` must be true or false.");
  const terms: MintTerms = {
    payload: payloadOf(value),
    ttlMs: ttl === undefined ? 3_600_000 : parseDuration(ttl, "ttl"),
    maxTtlMs: maxTtl === undefined ? Number.POSITIVE_INFINITY : parseDuration(maxTtl, "maxTtl"),
    renewable: renewable !== false,
  };
  return Object.freeze({ [mark]: Object.freeze(terms) });
}

/** The terms of what was made by {@link minted}; undefined for any other value. */
export function mintTerms(value: unknown): MintTerms | undefined {
  return typeof value === "object" && value !== null ? (value as Partial<Minted>)[mark] : undefined;
}

function payloadOf(value: unknown): MintTerms["payload"] {
  if (typeof value === "function") return (count) => storedPayload(value(count));
  const payload = storedPayload(value);
  return () => payload;
}
