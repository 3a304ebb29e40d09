import type { SecretSource } from "../source/secret-source.ts";
import type { Clock } from "../time/clock.ts";
import { withDeadline } from "../time/with-deadline.ts";

/**
 * Waits until what a source's calls need is there. Where that fails, or takes longer, the call tells of it. Never rejects.
 *
 * @param signal Aborted when nobody waits for the call any more.
 */
export async function loaded(source: SecretSource, clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await withDeadline(clock, ms, async () => source.load?.(), signal);
  } catch {
    // The call finds out, and says it better.
  }
}
