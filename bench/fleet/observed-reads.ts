import type { Secret } from "../../packages/core/src/secret/secret.ts";
import { Histogram } from "./histogram.ts";
import type { ModelledStore } from "./modelled-store.ts";
import type { Scenario } from "./scenario.ts";
import { SharedTime } from "./shared-time.ts";

/** Ages of what was served in one minute, ms. */
export interface AgesOfMinute {
  readonly median: number;
  readonly p99: number;
  readonly max: number;
}

/** What the fleet's readers got: how old, how far behind the store, how late, marked or not. */
export class ObservedReads {
  /** Age of the served value at each read. */
  readonly ages: Histogram;
  /** From a change in the store until the process served the new value, for each reader and change. */
  readonly adoption: Histogram;
  readonly agesByMinute: AgesOfMinute[] = [];
  reads = 0;
  /** Answered in memory at once by the promise that is already there. */
  hits = 0;
  /** Had to wait for the store, the first read of each reader not counted. */
  waited = 0;
  failed = 0;
  marked = 0;
  /** Older than `ttl` and yet not marked stale: a broken promise. */
  unmarked = 0;
  readonly #ttlMs: number;
  readonly #secrets: number;
  readonly #time: SharedTime;
  readonly #store: ModelledStore;
  readonly #minute: Histogram;
  readonly #last: (Promise<Secret<string>> | undefined)[];
  readonly #fetchedAt: Float64Array;
  readonly #replacedAt: Float64Array;

  constructor(scenario: Scenario, time: SharedTime, store: ModelledStore) {
    const { ttlMs, maxStaleMs, processes, secrets } = scenario;
    this.#ttlMs = ttlMs;
    this.#secrets = secrets;
    this.#time = time;
    this.#store = store;
    this.ages = new Histogram(ttlMs + maxStaleMs, 100);
    this.adoption = new Histogram(ttlMs + maxStaleMs, 100);
    this.#minute = new Histogram(ttlMs + maxStaleMs, 1000);
    this.#last = new Array(processes * secrets).fill(undefined);
    this.#fetchedAt = new Float64Array(processes * secrets).fill(Number.NaN);
    this.#replacedAt = new Float64Array(processes * secrets).fill(Number.POSITIVE_INFINITY);
  }

  observe(reader: number, answer: Promise<Secret<string>>): void {
    this.reads += 1;
    if (answer === this.#last[reader]) {
      const age = this.#time.elapsed - (this.#fetchedAt[reader] ?? 0);
      this.hits += 1;
      if (age >= this.#ttlMs) this.unmarked += 1;
      this.#served(age);
      return;
    }
    this.#last[reader] = answer;
    const asked = this.#time.elapsed;
    answer.then(
      (secret) => this.#answered(reader, asked, secret),
      () => {
        this.failed += 1;
      },
    );
  }

  endMinute(): void {
    const { max } = this.#minute;
    this.agesByMinute.push({ median: this.#minute.quantile(0.5), p99: this.#minute.quantile(0.99), max });
    this.#minute.clear();
  }

  #answered(reader: number, asked: number, secret: Secret<string>): void {
    const now = this.#time.elapsed;
    const fetchedAt = SharedTime.sinceStart(secret.fetchedAt);
    const before = this.#fetchedAt[reader] ?? Number.NaN;
    const age = now - fetchedAt;
    if (now > asked && !Number.isNaN(before)) this.waited += 1;
    if (secret.stale !== undefined) this.marked += 1;
    else if (age >= this.#ttlMs) this.unmarked += 1;
    this.#served(age);
    if (fetchedAt === before) return;
    const replacedAt = this.#replacedAt[reader] ?? 0;
    if (fetchedAt >= replacedAt) this.adoption.add(now - replacedAt);
    this.#fetchedAt[reader] = fetchedAt;
    this.#replacedAt[reader] = this.#store.replacedAt(reader % this.#secrets, fetchedAt);
  }

  #served(age: number): void {
    this.ages.add(age);
    this.#minute.add(age);
  }
}
