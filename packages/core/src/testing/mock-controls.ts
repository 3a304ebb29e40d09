import type { FailureCode } from "../errors/error-code.ts";
import type { Duration } from "../time/duration.ts";
import type { MockCall, MockMethod } from "./mock-call.ts";

/** Text, bytes, a plain object or list (stored as its JSON text), or what `minted()` makes. */
export type MockValue = string | Uint8Array | object;

export interface MockFailOptions {
  /** How many answers are this failure; then comes what was scripted next, or the store's own. Default: until `restore()`. */
  readonly times?: number | undefined;
  /** What the store says about how long to wait. */
  readonly retryAfter?: Duration | undefined;
  /** Only calls of this method; `"read"` includes reads that travel in a batch. Default: every method but `watch`. */
  readonly on?: Exclude<MockMethod, "watch"> | undefined;
}

/** What the store says of a version besides its value. */
export interface MockFacts {
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Epoch ms. */
  readonly validFrom?: number | undefined;
  /** Epoch ms. */
  readonly validUntil?: number | undefined;
  /** When the next rotation is due, from now. */
  readonly changesIn?: Duration | undefined;
  readonly warnings?: readonly string[] | undefined;
}

/**
 * What a store's administrator, its network and its bad days do. Version ids are `"1"`, `"2"`, and so on, per secret.
 * Each control throws `invalid-options` for a name that is not defined, and lists those that are.
 */
export interface MockControls {
  /** Adds a secret; also one that was removed or declared absent. */
  define(name: string, value: MockValue): void;
  /** The store has no secret of this name: `not-found`. A name that is neither defined nor absent fails loudly. */
  absent(name: string): void;
  /** Adds a version and makes it current; the one before becomes previous. Gives the version's id. */
  rotate(name: string, next: MockValue): string;
  /** Adds a version and makes it pending. Gives the version's id. */
  stage(name: string, next: MockValue): string;
  /** Makes pending current, and current previous. */
  promote(name: string): void;
  /** Makes previous current again, and current previous. */
  rollBack(name: string): void;
  /** Names a version by a label of your own. Default: the current one. */
  label(name: string, label: string, versionId?: string): void;
  /** What the store says of the current version from now on. */
  annotate(name: string, facts: MockFacts): void;
  /** The secret, or one of its versions, is `disabled`. */
  disable(name: string, versionId?: string): void;
  /** The secret, or one of its versions, is `deleted`; {@link absent} is for what never was. */
  remove(name: string, versionId?: string): void;

  /** Every call for this name fails. Scripts of one name happen in the order in which they were given. */
  fail(name: string, code: FailureCode, options?: MockFailOptions): void;
  /** An outage: every call fails, whatever it is for. `times` counts requests. */
  failAll(code: FailureCode, options?: MockFailOptions): void;
  /** Every answer for this name takes so long; it is what the store held when it was asked. */
  delay(name: string, by: Duration): void;
  /** No call for this name is answered until it is given up. */
  hang(name: string): void;
  /** Ends what {@link fail}, {@link delay} and {@link hang} began, and undoes {@link disable} and {@link remove}. No name: all, and {@link failAll}. */
  restore(name?: string): void;
  /** The leases of a minted secret end now: they can no longer be renewed. */
  expireLease(name: string): void;
  /** Tells those who watch the name that it may have changed. Gives their number. */
  announce(name: string): number;

  /** What was asked, oldest first; names and versions, never a value. */
  readonly calls: readonly MockCall[];
  /** Empties {@link calls}. */
  forgetCalls(): void;
  /** Throws, with a table, where something was asked since the start or {@link forgetCalls}. */
  assertNoCalls(): void;
  /** Throws, with a table, where a defined name was never asked for, or a scripted fault did not happen in full. */
  assertAllUsed(): void;
  /** True once the instance has closed it. */
  readonly closed: boolean;
}
