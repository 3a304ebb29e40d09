import { setTimeout as delay } from "node:timers/promises";

/** Operations that are begun at a steady pace, however long each of them takes. */
export class Workload {
  readonly #operation: (index: number) => Promise<unknown>;
  readonly #everyMs: number;
  readonly #underWay = new Set<Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  readonly #begunAt = performance.now();
  #isOver = false;
  begun = 0;
  succeeded = 0;
  readonly failures: unknown[] = [];
  longestMs = 0;
  #lastGoodBegunAt = 0;

  constructor(perMinute: number, operation: (index: number) => Promise<unknown>) {
    this.#operation = operation;
    this.#everyMs = 60_000 / perMinute;
    this.#timer = setInterval(() => this.#catchUp(), Math.min(this.#everyMs, 50));
  }

  /** How long after this moment the first that was begun since has succeeded, ms. */
  async recoversAfter(moment: number, withinMs: number): Promise<number> {
    while (this.#lastGoodBegunAt < moment) {
      if (Date.now() - moment > withinMs) throw new Error(`No operation succeeded within ${withinMs} ms`);
      await delay(20);
    }
    return Date.now() - moment;
  }

  /** Waits for those that are under way. */
  async stop(): Promise<void> {
    this.#isOver = true;
    clearInterval(this.#timer);
    await Promise.all(this.#underWay);
  }

  #catchUp(): void {
    while (!this.#isOver && this.begun * this.#everyMs <= performance.now() - this.#begunAt) {
      const running = this.#run(this.begun).finally(() => this.#underWay.delete(running));
      this.#underWay.add(running);
      this.begun += 1;
    }
  }

  async #run(index: number): Promise<void> {
    const from = performance.now();
    const begunAt = Date.now();
    try {
      await this.#operation(index);
      this.succeeded += 1;
      this.#lastGoodBegunAt = Math.max(this.#lastGoodBegunAt, begunAt);
    } catch (error) {
      this.failures.push(error);
    }
    this.longestMs = Math.max(this.longestMs, performance.now() - from);
  }
}
