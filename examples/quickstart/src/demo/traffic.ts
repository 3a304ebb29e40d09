import { type Case, cases } from "./cases.ts";
import type { Customer } from "./customer.ts";
import type { SecretValues } from "./secret-values.ts";

/** How often each kind of request was answered as it must be. */
export interface Tally {
  readonly what: string;
  readonly sent: number;
  readonly right: number;
  /** The first thing that went wrong. */
  readonly trouble: string | undefined;
}

/** Sends requests of every kind in turn, `atOnce` at a time. */
export async function sendTraffic(
  customer: Customer,
  values: SecretValues,
  { requests, atOnce }: { readonly requests: number; readonly atOnce: number },
): Promise<Tally[]> {
  const outcomes = new Map<Case, (true | string)[]>(cases.map((one) => [one, []]));
  let next = 0;
  const worker = async () => {
    while (next < requests) {
      const round = next++;
      const one = cases[round % cases.length] as Case;
      outcomes.get(one)?.push(await outcome(one, customer, values, round));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return [...outcomes].map(([{ what }, all]) => ({
    what,
    sent: all.length,
    right: all.filter((one) => one === true).length,
    trouble: all.find((one) => one !== true) as string | undefined,
  }));
}

async function outcome(one: Case, customer: Customer, values: SecretValues, round: number): Promise<true | string> {
  try {
    return (await one.run(customer, values, round)) || "another answer than it must be";
  } catch (error) {
    return String(error);
  }
}
