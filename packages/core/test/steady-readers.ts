import { SecretsInstance } from "../src/client/secrets-instance.ts";
import type { Secret } from "../src/secret/secret.ts";
import type { SecretSource } from "../src/source/secret-source.ts";
import { type VirtualClock, virtualClock } from "../src/testing/virtual-clock.ts";
import { seededRandom } from "./seeded-random.ts";

export const names = (count: number) => Array.from({ length: count }, (_, index) => `name-${index}`);

/** An instance with one source, whose chance repeats. */
export function seededInstance<Source extends SecretSource>(
  make: (clock: VirtualClock) => Source,
  { seed = 1, maxStaleMs = 3_600_000 }: { readonly seed?: number; readonly maxStaleMs?: number } = {},
) {
  const clock = virtualClock();
  const source = make(clock);
  const secrets = new SecretsInstance({
    sources: [{ name: "store", members: [source], when: new Set(), policy: { ttlMs: 300_000, maxStaleMs } }],
    defaultName: "store",
    clock,
    random: seededRandom(seed),
  });
  return { clock, source, secrets };
}

export interface Tally {
  fresh: number;
  /** By code. */
  stale: Record<string, number>;
  /** By code. */
  failed: Record<string, number>;
}

/** Counts what readers get. */
export function tallying(): { readonly tally: Tally; count(read: Promise<Secret<string> | undefined>): void } {
  const tally: Tally = { fresh: 0, stale: {}, failed: {} };
  const add = (counts: Record<string, number>, code: string) => {
    counts[code] = (counts[code] ?? 0) + 1;
  };
  return {
    tally,
    count(read) {
      read.then(
        (secret) => {
          if (secret?.stale === undefined) tally.fresh += 1;
          else add(tally.stale, secret.stale);
        },
        (error: { readonly code: string }) => add(tally.failed, error.code),
      );
    },
  };
}

/** How many of these moments fall into each stretch of this length, from the first stretch to the last. */
export function bins(moments: readonly number[], from: number, to: number, lengthMs: number): number[] {
  const counts = new Array<number>(Math.ceil((to - from) / lengthMs)).fill(0);
  for (const moment of moments) {
    const bin = Math.floor((moment - from) / lengthMs);
    if (bin >= 0 && bin < counts.length) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** The distances between them, oldest first. */
export function distances(moments: readonly number[]): number[] {
  return moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
}
