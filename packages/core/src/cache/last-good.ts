import type { Loaded } from "./loaded.ts";

/** A record that a reader could use before another took its place. */
export interface Good {
  readonly loaded: Loaded;
  readonly staleUntil: number;
}

// Each is the last good one of some reading, and has a payload.
const mostKept = 4;

/**
 * The records that readers may fall back to, newest first, once this one has been replaced too: for each reading the last
 * that it could use, and none that no reading needs. So a version that one reader accepts does not take another's last good
 * one away.
 */
export function withReplaced(earlier: readonly Good[], replaced: Good, now: number): readonly Good[] {
  const covered = new Set<string>();
  const kept: Good[] = [];
  for (const good of [replaced, ...earlier]) {
    const { accepted } = good.loaded.decoded;
    if (now >= good.staleUntil || accepted.every((key) => covered.has(key))) continue;
    kept.push(good);
    for (const key of accepted) covered.add(key);
  }
  return kept.slice(0, mostKept);
}

/** Whether there is a reading that could use this one, and nothing newer. */
export function isLastGood(loaded: Loaded, held: Loaded | undefined, earlier: readonly Good[]): boolean {
  const covered = new Set(held?.decoded.accepted);
  for (const good of earlier) {
    const { accepted } = good.loaded.decoded;
    if (good.loaded === loaded) return accepted.some((key) => !covered.has(key));
    for (const key of accepted) covered.add(key);
  }
  return false;
}

/** In which order this reading tries them: the one that it is known to have used, else all of them, newest first. */
export function candidates(earlier: readonly Good[], key: string, now: number): readonly Good[] {
  const usable = earlier.filter(({ staleUntil }) => now < staleUntil);
  const own = usable.find(({ loaded }) => loaded.decoded.accepted.includes(key));
  return own === undefined ? usable : [own];
}
