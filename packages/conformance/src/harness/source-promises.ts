import type { SourceTraits } from "@secretsource/core/source";

/** The optional methods of a source. */
export type SourceMethod = "batch" | "probe" | "leases" | "watch" | "close";

export const sourceMethods: readonly SourceMethod[] = ["batch", "probe", "leases", "watch", "close"];

/** What the suite is to expect of the source. One that does less fails, and one that does more. */
export interface SourcePromises extends SourceTraits {
  /** The optional methods that it has. */
  readonly methods: readonly SourceMethod[];
  /** Its records bear the store's version id. */
  readonly versions: boolean;
}
