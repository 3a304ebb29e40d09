import type { Stage } from "@secretsource/core/source";
import type { Lackable } from "../harness/lacks.ts";
import type { SourceMethod } from "../harness/source-promises.ts";

/** What only some sources promise. */
type Promised = SourceMethod | Exclude<Stage, "current"> | "versions" | "version-ids" | "labels" | "binary" | "mints";

/** What a case cannot be run without; with `no-`, what the source must not promise. */
export type Need = Lackable | Promised | `no-${Promised}` | "clock";
