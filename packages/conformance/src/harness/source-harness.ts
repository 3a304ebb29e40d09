import type { SecretSource } from "@secretsource/core/source";
import type { VirtualClock } from "@secretsource/core/testing";
import type { FaultName } from "./faults.ts";
import type { Lack } from "./lacks.ts";
import type { SeedSteps } from "./seed-steps.ts";
import type { SourcePromises } from "./source-promises.ts";

/** Requests that reached the store so far. Logins do not count. */
export interface RequestCount {
  /** All that had to do with secrets. */
  readonly all: number;
  /** Those of them that asked for a value. */
  readonly values: number;
}

/** Names that a store has rules for. */
export interface NameRules {
  /** A legal name that could not be longer. */
  readonly longest: string;
  /** Legal names with everything that the store's alphabet allows and somebody may get wrong. */
  readonly strange: readonly string[];
  /** Legal names that a careless mapping would take for one and the same, such as `a/b-c` and `a-b/c`. */
  readonly alike: readonly string[];
  /** Names that core lets through and this store cannot have. */
  readonly illegal: readonly string[];
}

/** All that the suite needs to know about a source and the store behind it. */
export interface SourceHarness<Store> {
  /** Stands in the titles of the tests and in the documentation. */
  readonly name: string;
  readonly promises: SourcePromises;
  /**
   * The store of one case: a new one, or the way to one that all cases share. Every case takes names of its own, but for
   * those in `names`.
   */
  open(): Store | Promise<Store>;
  /** A new source in front of the store. The suite closes it. */
  make(store: Store): SecretSource | Promise<SecretSource>;
  readonly seed: SeedSteps<Store>;
  /** Tells a store that has to be told that it has no secret of this name. Most need no such step. */
  absent?(store: Store, name: string): void | Promise<void>;
  /** Every step, fault and feature that is not supplied, each with its reason. */
  readonly lacks: readonly Lack[];
  readonly names: NameRules;
  /** The most bytes of a payload; a function where it depends on the secret's name. */
  readonly limitBytes?: number | ((name: string) => number);
  /** Brings a fault about, for every request from now on. */
  readonly faults?: { readonly [Name in FaultName]?: (store: Store) => void | Promise<void> };
  /** Ends every fault. Goes with `faults`. */
  heal?(store: Store): void | Promise<void>;
  requests?(store: Store): RequestCount;
  /** What the source proves its identity with, to be searched for in everything it says. */
  credentials?(store: Store): readonly string[];
  /** The text of each request that reached the other host of the fault `redirect`. Goes with it. */
  elsewhere?(store: Store): readonly string[];
  /** How many bytes of answers were taken during the fault `huge`. Goes with it, where there is a wire. */
  takenBytes?(store: Store): number;
  /** Where store and source live on a virtual clock. */
  clock?(store: Store): VirtualClock;
  /** A name of the suite's (lower-case letters, digits, hyphens; at most 60) as one that this store can have. */
  nameOf?(plain: string): string;
  /** Ends the store of one case. */
  end?(store: Store): void | Promise<void>;
  /** How long the suite waits for what ought to happen, ms; spent by sources that fail alone. Default: 2,000. */
  readonly patienceMs?: number;
}
