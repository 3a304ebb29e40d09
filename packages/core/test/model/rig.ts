import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { GetSecretOptions } from "../../src/client/get-secret-options.ts";
import { SecretsInstance } from "../../src/client/secrets-instance.ts";
import { cacheKey } from "../../src/policy/cache-key.ts";
import type { LiveSecret } from "../../src/rotation/live-secret.ts";
import type { Secret } from "../../src/secret/secret.ts";
import { virtualClock } from "../../src/testing/virtual-clock.ts";
import { seededRandom } from "../seeded-random.ts";
import type { Ask, ModelReading, Question } from "./ask.ts";
import { Stopwatch } from "./elapsed.ts";
import { EventOrder } from "./event-order.ts";
import { checkAbsent, checkError, checkGivenUp, checkLive, checkLiveError, checkValue } from "./promises.ts";
import { canary, type ModelConfig, type Name, Reference } from "./reference.ts";
import { modelStore } from "./store.ts";

const schema = (refuse: (value: unknown) => boolean): StandardSchemaV1 => ({
  "~standard": {
    version: 1,
    vendor: "model",
    validate: (value) =>
      typeof value !== "object" || refuse(value)
        ? { issues: [{ message: `not ${JSON.stringify(value)}` }] }
        : { value },
  },
});

const readings: Record<ModelReading, { readonly field?: string; readonly schema?: StandardSchemaV1 }> = {
  text: {},
  field: { field: "password" },
  schema: { schema: schema(() => false) },
  "refusing odd versions": { schema: schema((value) => (value as { version: number }).version % 2 === 1) },
};

/** The real thing, with a watch on it. */
export class Rig {
  readonly watch = new Stopwatch(virtualClock());
  readonly reference: Reference;
  readonly secrets: SecretsInstance;
  readonly #controllers: { readonly controller: AbortController; readonly ask: Ask }[] = [];
  readonly #order: EventOrder;
  readonly #live: LiveSecret<string>[] = [];
  steps = 0;
  readonly #waiting = new Set<Ask>();
  #broken: unknown;

  constructor(config: ModelConfig) {
    const { ttlMs, maxStaleMs, seed, evicting } = config;
    this.reference = new Reference(config);
    this.#order = new EventOrder(this.reference, this.watch);
    const members = [modelStore(this.reference, this.watch, (error) => this.#break(error))];
    this.secrets = new SecretsInstance({
      sources: [{ name: "model", members, when: new Set(), policy: { ttlMs, maxStaleMs } }],
      defaultName: "model",
      clock: this.watch.clock,
      random: seededRandom(seed),
      ...(evicting && { limits: { maxEntries: 2, maxBytes: 200 } }),
    });
    this.secrets.on((event) => this.#guard(() => this.#order.hear(event)));
    this.reference.changed(this.watch.now());
  }

  /** Asks, and checks the answer whenever it comes. */
  ask(question: Question): void {
    const { name, stage, reading, optional, refresh, maxAgeMs, impatient } = question;
    const options = {
      ...readings[reading],
      ...(stage !== undefined && { version: stage }),
      ...(optional && { optional }),
      ...(refresh && { refresh }),
      ...(maxAgeMs !== undefined && { maxAge: `${maxAgeMs}ms` as const }),
    };
    const plain = Object.keys(options).length === 0 && !impatient;
    const key = cacheKey("", name, stage ?? "current");
    const givenBefore = this.reference.given.get(key);
    const joins = this.reference.isUnderWay(key);
    const ask: Ask = { ...question, key, plain, asked: this.watch.now(), givenBefore, joins, left: false };
    if (refresh) this.#order.forced(key);
    const controller = new AbortController();
    if (impatient) this.#controllers.push({ controller, ask });
    const all = impatient ? { ...options, signal: controller.signal } : options;
    const answer: Promise<Secret<unknown> | undefined> = plain
      ? this.secrets.getSecret(name)
      : this.secrets.getSecret(name, all as GetSecretOptions);
    this.#waiting.add(ask);
    answer.then(
      (secret) => this.#answered(ask, secret),
      (error: unknown) => this.#refused(ask, error),
    );
  }

  /** From now on it is kept and refreshed, and its current value looked at. */
  follow(name: Name): void {
    this.secrets.watchSecret(name).then(
      (live) => this.#live.push(live),
      (error: unknown) => this.#guard(() => checkLiveError(error)),
    );
  }

  /** The impatient reader who has waited longest leaves. */
  async leave(): Promise<void> {
    const leaving = this.#controllers.shift();
    if (leaving === undefined) return;
    const { ask, controller } = leaving;
    ask.left = true;
    this.reference.abandon(ask.key);
    controller.abort();
    // Long enough for the news to get around, and within the turn.
    for (let hop = 0; hop < 50; hop += 1) await Promise.resolve();
    if (this.#waiting.has(ask)) this.#break(new Error("it has left, and still waits"));
    const waits = [...this.#waiting].some(({ key }) => key === ask.key);
    if (!waits) this.#guard(() => checkGivenUp(this.reference, ask));
  }

  async close(): Promise<void> {
    if (this.reference.closed) return;
    const closing = this.secrets.close();
    // What is in its turn may still depart before the close takes hold of it.
    await Promise.resolve();
    this.reference.closed = true;
    await closing;
  }

  /** Nothing is left behind. */
  async end(): Promise<void> {
    await this.watch.clock.settle();
    await this.close();
    await this.watch.clock.settle();
    this.throwBroken();
    if (this.#waiting.size > 0) throw new Error(`${this.#waiting.size} readers still wait after close()`);
    if (this.reference.live().length > 0) throw new Error("a call goes on after close()");
    this.watch.clock.assertIdle();
    if (JSON.stringify(this.secrets.status()).includes(canary)) throw new Error("status() leaks");
  }

  throwBroken(): void {
    for (const live of this.#live) this.#guard(() => checkLive(this.reference, live));
    if (this.#broken !== undefined) throw this.#broken;
  }

  #answered(ask: Ask, secret: Secret<unknown> | undefined): void {
    this.#waiting.delete(ask);
    this.#guard(() => {
      if (secret !== undefined) checkValue(this.reference, ask, secret);
      else if (ask.optional) checkAbsent(this.reference, ask);
      else throw new Error("undefined, and it was not optional");
    });
  }

  #refused(ask: Ask, error: unknown): void {
    this.#waiting.delete(ask);
    this.#guard(() => checkError(this.reference, ask, error, this.watch.now()));
  }

  #guard(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#break(error);
    }
  }

  #break(error: unknown): void {
    this.#broken ??= error;
  }
}
