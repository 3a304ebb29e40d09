import type { FailureCode } from "../errors/error-code.ts";
import type { CachePolicy } from "../policy/freshness.ts";
import type { Random } from "../policy/random.ts";
import type { SecretSource } from "../source/secret-source.ts";
import type { Clock } from "../time/clock.ts";

/** One of the instance's sources, or a fallback's members, with what holds for it. */
export interface SourceSetting {
  readonly name: string;
  readonly members: readonly SecretSource[];
  readonly when: ReadonlySet<FailureCode>;
  readonly policy: CachePolicy;
}

/** An instance's options, checked and complete. */
export interface Settings {
  readonly sources: readonly SourceSetting[];
  readonly defaultName: string | undefined;
  readonly clock: Clock;
  readonly random: Random;
  /** How much is kept. Default: the documented limits. */
  readonly limits?: { readonly maxEntries: number; readonly maxBytes: number };
}
