import type { Fallback } from "../built-in/fallback.ts";
import type { SecretSource } from "../source/secret-source.ts";
import type { SourceScheme } from "../source/source-scheme.ts";
import type { Clock } from "../time/clock.ts";
import type { Duration } from "../time/duration.ts";

export interface CommonOptions {
  /** Oldest value served while the store is healthy. Default: `"5m"`; at least `"1s"`. */
  readonly ttl?: Duration | undefined;
  /**
   * How long after its `ttl` a value is served, marked stale, while the store gives no usable answer. Default: `"1h"`.
   */
  readonly maxStale?: Duration | undefined;
  /** Other settings for some of the sources, by their names. */
  readonly perSource?: Readonly<Record<string, SourceSettings>> | undefined;
  /** Where time comes from. Default: the machine. For tests: `virtualClock()`. */
  readonly clock?: Clock | undefined;
}

export interface SourceSettings {
  readonly ttl?: Duration | undefined;
  readonly maxStale?: Duration | undefined;
}

export interface OneSource extends CommonOptions {
  readonly source: SecretSource | Fallback;
  readonly sources?: undefined;
  readonly default?: undefined;
  readonly from?: undefined;
  readonly schemes?: undefined;
}

export interface SeveralSources<Names extends string = string> extends CommonOptions {
  /** The sources by the names that `getSecret(name, { source })` and errors use. */
  readonly sources: Readonly<Record<Names, SecretSource | Fallback>>;
  /** The one to use where none is named. Default: the only one, if there is one; else it must be given. */
  readonly default?: NoInfer<Names> | undefined;
  readonly source?: undefined;
  readonly from?: undefined;
  readonly schemes?: undefined;
}

export interface SourceFromUri extends CommonOptions {
  /** A source's URI, such as `process.env.SECRETSOURCE`; undefined throws `not-configured`. */
  readonly from: string | undefined;
  /** Factories that may be named besides the built-in `env:` and `file:`. */
  readonly schemes?: readonly SourceScheme[] | undefined;
  readonly source?: undefined;
  readonly sources?: undefined;
  readonly default?: undefined;
}

/** One source, several, or one that a URI names. */
export type SecretsOptions<Names extends string = string> = OneSource | SeveralSources<Names> | SourceFromUri;
