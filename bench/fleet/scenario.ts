/** What one run simulates. Times in ms since the deployment. */
export interface Scenario {
  readonly name: string;
  readonly seed: number;
  readonly processes: number;
  readonly secrets: number;
  readonly lengthMs: number;
  readonly ttlMs: number;
  readonly maxStaleMs: number;
  /** Each process reads each secret again after a time that is uniform between these two. */
  readonly readEveryMs: { readonly from: number; readonly to: number };
  /** The store's answer takes a time that is uniform between these two. */
  readonly latencyMs: { readonly from: number; readonly to: number };
  /** Each secret changes in the store this often, at moments that differ from secret to secret. */
  readonly rotationMs: number;
  readonly outage: Outage | undefined;
}

export interface Outage {
  readonly from: number;
  readonly until: number;
  /** The store says that it is unavailable, or it says nothing at all. */
  readonly how: "refuses" | "hangs";
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const usual = {
  processes: 1000,
  secrets: 50,
  lengthMs: 6 * hour,
  ttlMs: 5 * minute,
  maxStaleMs: hour,
  readEveryMs: { from: 10 * second, to: 30 * second },
  latencyMs: { from: 10, to: 60 },
  rotationMs: hour,
  outage: undefined,
} as const;

export const deployment = (seed: number): Scenario => ({ name: "deployment", seed, ...usual });

export const outage = (seed: number): Scenario => ({ name: "outage", seed, ...usual, outage: tenMinutes("refuses") });

/** A quarter of the fleet shows it as well, in a quarter of the time. */
export const silence = (seed: number): Scenario => ({
  name: "silence",
  seed,
  ...usual,
  processes: usual.processes / 4,
  outage: tenMinutes("hangs"),
});

function tenMinutes(how: Outage["how"]): Outage {
  return { from: 3 * hour, until: 3 * hour + 10 * minute, how };
}
