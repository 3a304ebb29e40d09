import type { Secret } from "../../packages/core/src/secret/secret.ts";
import { count } from "./histogram.ts";
import type { ModelledStore } from "./modelled-store.ts";
import type { Scenario } from "./scenario.ts";
import { SharedTime } from "./shared-time.ts";
import type { Tally } from "./tally.ts";

/** What the readers of a group get: how old, how late, marked or not, how far behind the store. */
export class ObservedReads {
  readonly #ttlMs: number;
  readonly #secrets: number;
  readonly #time: SharedTime;
  readonly #store: ModelledStore;
  readonly #tally: Tally;
  readonly #last: (Promise<Secret<string>> | undefined)[];
  readonly #fetchedAt: Float64Array;
  readonly #replacedAt: Float64Array;
  readonly #servedAt: Float64Array;

  constructor(scenario: Scenario, readers: number, time: SharedTime, store: ModelledStore, tally: Tally) {
    this.#ttlMs = scenario.ttlMs;
    this.#secrets = scenario.secrets;
    this.#time = time;
    this.#store = store;
    this.#tally = tally;
    this.#last = new Array(readers).fill(undefined);
    this.#fetchedAt = new Float64Array(readers).fill(Number.NaN);
    this.#replacedAt = new Float64Array(readers).fill(Number.POSITIVE_INFINITY);
    this.#servedAt = new Float64Array(readers);
  }

  observe(reader: number, answer: Promise<Secret<string>>): void {
    this.#tally.reads += 1;
    // A hit is the promise of the hit before it: what it holds is known, and nobody has to wait for it.
    if (answer === this.#last[reader]) {
      this.#served(reader, this.#fetchedAt[reader] ?? 0, false);
      return;
    }
    this.#last[reader] = answer;
    const asked = this.#time.elapsed;
    answer.then(
      (secret) => this.#answered(reader, asked, secret),
      () => {
        this.#tally.failed += 1;
      },
    );
  }

  #answered(reader: number, asked: number, secret: Secret<string>): void {
    const fetchedAt = SharedTime.sinceStart(secret.fetchedAt);
    const before = this.#fetchedAt[reader] ?? Number.NaN;
    if (this.#time.elapsed > asked && !Number.isNaN(before)) this.#tally.waited += 1;
    if (fetchedAt !== before) this.#renewed(reader, fetchedAt);
    this.#served(reader, fetchedAt, secret.stale !== undefined);
  }

  #renewed(reader: number, fetchedAt: number): void {
    const replacedAt = this.#replacedAt[reader] ?? 0;
    if (fetchedAt >= replacedAt) {
      count(this.#tally.outdated, Math.max(0, (this.#servedAt[reader] ?? 0) - replacedAt));
    }
    this.#fetchedAt[reader] = fetchedAt;
    this.#replacedAt[reader] = this.#store.replacedAt(reader % this.#secrets, fetchedAt);
  }

  #served(reader: number, fetchedAt: number, marked: boolean): void {
    const now = this.#time.elapsed;
    const age = now - fetchedAt;
    this.#servedAt[reader] = now;
    if (marked) this.#tally.marked += 1;
    else if (age > this.#ttlMs) this.#tally.unmarked += 1;
    count(this.#tally.ages, age);
    const minute = this.#tally.agesByMinute[Math.floor(now / 60_000)];
    if (minute !== undefined) count(minute, age);
  }
}
