import { type Loop, processorNs, quietRounds, type Rounds, takeTurns } from "./take-turns.ts";

type Loops = Readonly<Record<string, Loop>>;

/**
 * How the cold reads of every provider are compared: in short rounds, since what disturbs the machine comes and goes. The pages
 * say how many reads are not measured.
 */
export const coldReads = { rounds: 720, times: 25, warmUps: 180 } as const;

/** How many reads one side makes of it. */
export const namesOfEach = (coldReads.rounds + coldReads.warmUps) * coldReads.times;

/** The processor's time of reads that are answered at once. */
export async function compareWork(loops: Loops): Promise<Rounds> {
  return quietRounds(await takeTurns(loops, { ...coldReads, now: processorNs }));
}

/** The time that passes with reads for whose answers the service takes its time. */
export async function compareWaits(loops: Loops): Promise<Rounds> {
  return quietRounds(await takeTurns(loops, { rounds: 164, times: 10, warmUps: 8 }));
}
