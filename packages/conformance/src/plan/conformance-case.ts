import type { Bench } from "../bench/bench.ts";
import type { Need } from "./need.ts";

/** One thing that is asked of a source. */
export interface ConformanceCase {
  /** `group/what-it-is-about`; never changes its meaning. */
  readonly id: `${string}/${string}`;
  /** One sentence: what holds for a source that passes. */
  readonly says: string;
  readonly needs: readonly Need[];
  /** Rejects where it does not hold. */
  run(bench: Bench): Promise<void>;
}
