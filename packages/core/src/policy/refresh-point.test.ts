import { describe, expect, test } from "vitest";
import { least, most, seededRandom } from "../../test/seeded-random.ts";
import { firstRefreshAfter, refreshAfter } from "./refresh-point.ts";

const ttl = 300_000;
const shortest = 0.8 * ttl;
const draws = 100_000;

function drawn(draw: () => number): Float64Array {
  return Float64Array.from({ length: draws }, draw).sort();
}

/** The largest distance between the drawn distribution and the one that it should be (Kolmogorov and Smirnov). */
function distance(sorted: Float64Array, share: (value: number) => number): number {
  return sorted.reduce((worst, value, index) => Math.max(worst, Math.abs(share(value) - (index + 0.5) / draws)), 0);
}

// At 100,000 draws a true distribution exceeds 0.01 about once in 10⁸ seeds.
const tolerance = 0.01;

describe("a refresh behind", () => {
  test("begins between 80 and 100 % of the ttl", () => {
    expect(refreshAfter(ttl, least)).toBe(shortest);
    expect(refreshAfter(ttl, most)).toBeCloseTo(ttl, 6);
  });

  test("is uniform between the two", () => {
    const random = seededRandom(1);
    const points = drawn(() => refreshAfter(ttl, random));
    expect(distance(points, (value) => (value - shortest) / (ttl - shortest))).toBeLessThan(tolerance);
  }, 30_000);
});

describe("an entry's first refresh", () => {
  test("begins between one second and the whole ttl", () => {
    expect(firstRefreshAfter(ttl, least)).toBe(1000);
    expect(firstRefreshAfter(ttl, most)).toBeCloseTo(ttl, 0);
  });

  test("is drawn from the residual distribution of the later ones", () => {
    const mean = (shortest + ttl) / 2;
    // What is left at a random moment has the density P(interval > x) / mean.
    const residual = (x: number) => {
      if (x <= shortest) return x / mean;
      const tail = (ttl - x) ** 2 / (2 * (ttl - shortest));
      return 1 - tail / mean;
    };
    const random = seededRandom(2);
    const points = drawn(() => firstRefreshAfter(ttl, random));
    expect(distance(points, residual)).toBeLessThan(tolerance);
  }, 30_000);

  test("spreads a fleet that was started at once, from the first minute on", () => {
    const random = seededRandom(3);
    const binMs = 10_000;
    const bins = new Map<number, number>();
    for (let instance = 0; instance < 20_000; instance += 1) {
      let at = firstRefreshAfter(ttl, random);
      for (; at < 6 * ttl; at += refreshAfter(ttl, random)) {
        const bin = Math.floor(at / binMs);
        bins.set(bin, (bins.get(bin) ?? 0) + 1);
      }
    }
    const counts = [...bins.values()];
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(counts).toHaveLength((6 * ttl) / binMs);
    expect(Math.max(...counts) / mean).toBeLessThan(1.2);
    expect(Math.min(...counts) / mean).toBeGreaterThan(0.8);
  });

  test("of a ttl of a second is at its end, so that nothing is asked for twice a second", () => {
    expect(firstRefreshAfter(1000, least)).toBe(1000);
    expect(firstRefreshAfter(1000, most)).toBe(1000);
    expect(firstRefreshAfter(500, least)).toBe(500);
  });
});
