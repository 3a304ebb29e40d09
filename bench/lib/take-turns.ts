import { median } from "./median.ts";

/** Does the thing `times` times, in a loop of its own, so that the engine compiles each case for itself. */
export type Loop = (times: number) => Promise<unknown>;

/** Nanoseconds for one time, round by round. */
export type Rounds = Readonly<Record<string, readonly number[]>>;

function elapsedNs(): number {
  return performance.now() * 1e6;
}

/** The processor's time of this thread: for a figure that is compared with a number, and not with another figure. */
export function processorNs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) * 1000;
}

export interface Turns {
  readonly rounds: number;
  readonly times: number;
  /** Rounds that nobody measures, until the engine has compiled what it runs. Default: 2. */
  readonly warmUps?: number;
  readonly now?: () => number;
}

/**
 * Measures several loops in turns, in another order each round: what disturbs the machine disturbs all of them alike.
 */
export async function takeTurns(
  loops: Readonly<Record<string, Loop>>,
  { rounds, times, warmUps = 2, now = elapsedNs }: Turns,
): Promise<Rounds> {
  const named = Object.entries(loops);
  const measured = Object.fromEntries(named.map(([name]) => [name, [] as number[]]));
  for (let round = 0; round < warmUps; round++) for (const [, loop] of named) await loop(times);
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < named.length; place++) {
      const [name, loop] = named[(place + round) % named.length] ?? [];
      if (name === undefined || loop === undefined) continue;
      const from = now();
      await loop(times);
      measured[name]?.push((now() - from) / times);
    }
  }
  return measured;
}

/**
 * The quarter of the rounds in which all loops together were fastest. Where others work on the same processor, their time
 * grows by up to twice, for all loops of a round alike: this is how long they take where nobody does.
 */
export function quietRounds(rounds: Rounds): Rounds {
  const all = Object.values(rounds);
  const totals = (all[0] ?? []).map((_ns, round) => all.reduce((sum, one) => sum + (one[round] ?? Number.NaN), 0));
  const most = totals.toSorted((one, other) => one - other)[Math.ceil(totals.length / 4) - 1] ?? Number.NaN;
  const isQuiet = (_ns: number, round: number) => (totals[round] ?? Number.NaN) <= most;
  return Object.fromEntries(Object.entries(rounds).map(([name, one]) => [name, one.filter(isQuiet)]));
}

/** The median over all rounds of how much longer one took than the other in the same round, in nanoseconds. */
export function difference(rounds: Rounds, name: string, base: string): number {
  const bases = rounds[base] ?? [];
  return median((rounds[name] ?? []).map((ns, round) => ns - (bases[round] ?? Number.NaN)));
}

/** The median over all rounds of how much longer one took than the other in the same round. */
export function ratio(rounds: Rounds, name: string, base: string): number {
  const bases = rounds[base] ?? [];
  return median((rounds[name] ?? []).map((ns, round) => ns / (bases[round] ?? Number.NaN)));
}
