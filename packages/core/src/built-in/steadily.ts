import type { SourceFailure } from "../source/source-failure.ts";

const mostAttempts = 10;

/** Repeats a read that found its files changing under it; says `unavailable` when they do not come to rest. */
export async function steadily<T>(
  signal: AbortSignal,
  attempt: () => Promise<T | "changed">,
): Promise<T | SourceFailure> {
  for (let count = 0; count < mostAttempts; count += 1) {
    signal.throwIfAborted();
    const outcome = await attempt();
    if (outcome !== "changed") return outcome;
  }
  return { failure: "unavailable", advice: `The files changed during each of ${mostAttempts} attempts to read them.` };
}
