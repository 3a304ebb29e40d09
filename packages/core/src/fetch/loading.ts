import type { SecretSource } from "../source/secret-source.ts";
import type { Clock } from "../time/clock.ts";
import { withDeadline } from "../time/with-deadline.ts";

/**
 * The wait until what a source's calls need is there; undefined where there is none. Where that fails, or takes longer, the
 * call tells of it. Never rejects.
 *
 * @param signal Aborted when nobody waits for the call any more.
 */
export function loading(
  source: SecretSource,
  clock: Clock,
  ms: number,
  signal: AbortSignal,
): Promise<unknown> | undefined {
  try {
    const load = source.load?.();
    // The call finds out what failed, and says it better.
    const settled = load && Promise.resolve(load).catch(() => {});
    return settled && withDeadline(clock, ms, () => settled, signal);
  } catch {
    return undefined;
  }
}
