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
  /** Instead of those changes: all secrets change at one moment. */
  readonly massRotation: MassRotation | undefined;
}

export interface Outage {
  readonly from: number;
  readonly until: number;
  /** The store says that it is unavailable, or it says nothing at all. */
  readonly how: "refuses" | "hangs";
}

/** Every process is told of every secret by a hint, all in the moment of the change. */
export interface MassRotation {
  readonly at: number;
  /** The `spread` of the hints; 0 without. */
  readonly spreadMs: number;
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
  massRotation: undefined,
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

export const toldAtOnce = (seed: number): Scenario => massRotation("told at once", seed, 0);

export const toldInTurns = (seed: number): Scenario => massRotation("told, spread over 30 s", seed, 30 * second);

function massRotation(name: string, seed: number, spreadMs: number): Scenario {
  return { name, seed, ...usual, lengthMs: 45 * minute, massRotation: { at: 15 * minute, spreadMs } };
}

function tenMinutes(how: Outage["how"]): Outage {
  return { from: 3 * hour, until: 3 * hour + 10 * minute, how };
}
