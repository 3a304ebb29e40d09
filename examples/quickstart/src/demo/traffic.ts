import { setTimeout as pass } from "node:timers/promises";
import { type Case, cases, type World } from "./cases.ts";
import type { Customer } from "./customer.ts";

/** Between two requests of one customer where they come for as long as something else takes. */
const restMs = 40;

/** How often one kind of request was answered as it must be. */
export interface Tally {
  sent: number;
  right: number;
  /** The first thing that went wrong. */
  trouble: string | undefined;
}

/** Requests of every kind in turn, several at a time. */
export class Traffic {
  readonly tallies: ReadonlyMap<Case, Tally> = new Map(
    cases.map((one) => [one, { sent: 0, right: 0, trouble: undefined }]),
  );
  readonly #customer: Customer;
  readonly #world: World;
  readonly #atOnce: number;
  readonly #underWay = new Set<Promise<void>>();
  #begun = 0;

  constructor(customer: Customer, world: World, atOnce: number) {
    this.#customer = customer;
    this.#world = world;
    this.#atOnce = atOnce;
  }

  get sent(): number {
    return this.#sum(({ sent }) => sent);
  }

  get right(): number {
    return this.#sum(({ right }) => right);
  }

  async send(requests: number): Promise<void> {
    const end = this.#begun + requests;
    await this.#sendWhile(() => this.#begun < end, 0);
  }

  /** Goes on until the other is over. */
  async during(other: () => Promise<void>): Promise<void> {
    let isOver = false;
    const sending = this.#sendWhile(() => !isOver, restMs);
    await other().finally(() => {
      isOver = true;
    });
    await sending;
  }

  /** When all that is under way now has been answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #sendWhile(goOn: () => boolean, pauseMs: number): Promise<void> {
    const worker = async () => {
      while (goOn()) {
        const request = this.#request(this.#begun++);
        this.#underWay.add(request);
        await request;
        this.#underWay.delete(request);
        if (pauseMs > 0) await pass(pauseMs);
      }
    };
    await Promise.all(Array.from({ length: this.#atOnce }, worker));
  }

  async #request(round: number): Promise<void> {
    const one = cases[round % cases.length] as Case;
    const tally = this.tallies.get(one) as Tally;
    const trouble = await this.#troubleOf(one, Math.floor(round / cases.length));
    tally.sent += 1;
    if (trouble === undefined) tally.right += 1;
    else tally.trouble ??= trouble;
  }

  async #troubleOf(one: Case, round: number): Promise<string | undefined> {
    try {
      const isRight = await one.run(this.#customer, this.#world, round);
      return isRight ? undefined : "another answer than it must be";
    } catch (error) {
      return String(error);
    }
  }

  #sum(part: (tally: Tally) => number): number {
    return [...this.tallies.values()].reduce((sum, tally) => sum + part(tally), 0);
  }
}
