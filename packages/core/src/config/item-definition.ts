import type { Secrets } from "../client/secrets.ts";
import type { WatchSecretOptions } from "../client/watch-options.ts";
import type { Problem } from "../errors/problem.ts";
import type { Clock } from "../time/clock.ts";
import type { Environment } from "./environment.ts";

/** What an item may use to find its value. */
export interface ItemContext {
  /**
   * The instance to ask. A call, since a config that asks no store needs no instance.
   *
   * @throws SecretsError `not-configured` and others, where there is none.
   */
  secrets(): Secrets;
  readonly environment: Environment;
  readonly clock: Clock;
  /** Aborted when the start-up budget is over. */
  readonly signal: AbortSignal;
}

/** What is wrong with an item; where it stands is not the item's matter. */
export type ItemProblem = Omit<Problem, "path">;

/** Of one item: its value, or why there is none. */
export type ItemOutcome =
  /** `abandon` ends what goes on behind the value, where nobody will get it. */
  | { readonly value: unknown; readonly abandon?: () => void; readonly problem?: undefined }
  | { readonly problem: ItemProblem; readonly value?: undefined };

/** What a live secret has besides its item. */
export interface LiveOptions {
  readonly verify?: WatchSecretOptions["verify"];
}

/** One item, whatever its kind. */
export interface ItemDefinition {
  readonly kind: "secret" | "env" | "live";
  /** Undefined where what was given cannot be one. */
  readonly name: string | undefined;
  /** Where it will be read from, as far as that is known before. */
  readonly source: string | undefined;
  /** Never rejects. Every call of a store is made before the first `await`, so that one config makes one batch. */
  read(context: ItemContext): Promise<ItemOutcome>;
  /** The same, as a value that follows its rotations; undefined where the item has none. */
  watch?(context: ItemContext, options: LiveOptions): Promise<ItemOutcome>;
}
