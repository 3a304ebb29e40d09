import type { Stage } from "./secret-ref.ts";

/** What the presence of a method cannot say. Core refuses what is not promised before it calls the source. */
export interface SourceTraits {
  /** The stages that can be asked for; `current` is always among them. */
  readonly stages: readonly Stage[];
  /** `{ id }` selectors work. */
  readonly versionIds: boolean;
  /** `{ label }` selectors work. */
  readonly labels: boolean;
  /** Payloads may be any bytes, not only text. */
  readonly binary: boolean;
  /** Each read mints a new credential: one attempt per call, never polled, within the mint budget. */
  readonly mints: boolean;
}
