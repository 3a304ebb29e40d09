import type { FailureCode } from "../errors/error-code.ts";
import { policyDefaults } from "../policy/defaults.ts";
import type { Random } from "../policy/random.ts";
import { unsupportedVersion } from "../policy/supports.ts";
import type { SecretSource } from "../source/secret-source.ts";
import type { Clock } from "../time/clock.ts";
import type { InstanceTime } from "../time/instance-time.ts";
import { Call, type Open } from "./call.ts";
import { Outage } from "./outage.ts";
import { Slots } from "./slots.ts";
import { afterMicrotasks } from "./turn.ts";
import type { Answer, Want } from "./want.ts";

/** What a port needs besides its source. */
export interface PortContext {
  readonly clock: Clock;
  readonly time: InstanceTime;
  readonly random: Random;
  /** The source's batch was refused for good, and its items are read one by one from now on. */
  readonly onBatchRefused: (failure: FailureCode) => void;
}

/**
 * All calls to one source go through here: what is wanted in one turn travels together where the source has a batch, at
 * most eight calls at once, and none to a source that is known to be out but for the one that tries.
 */
export class SourcePort {
  readonly source: SecretSource;
  readonly outage: Outage;
  readonly #context: PortContext;
  readonly #slots = new Slots(policyDefaults.concurrency);
  #waiting: Open[] = [];
  #batchRefused = false;

  constructor(source: SecretSource, context: PortContext) {
    this.source = source;
    this.outage = new Outage(context.time, context.random);
    this.#context = context;
  }

  /** Never rejects. */
  read(want: Want): Promise<Answer> {
    const refused = unsupportedVersion(this.source.kind, this.source.traits, want.ref.version);
    if (refused !== undefined) return Promise.resolve({ answer: refused, attempts: 0, turnedAway: false });
    return new Promise((settle) => {
      this.#waiting.push({ want, settle });
      if (this.#waiting.length === 1) afterMicrotasks(() => this.#depart());
    });
  }

  #depart(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    const { batch } = this.source;
    // Nobody wants it any more, and its secret may be wanted anew: no two in a batch are alike.
    const wanted = waiting.filter(({ want, settle }) => {
      if (want.signal.aborted) settle({ answer: { failure: "aborted" }, attempts: 0, turnedAway: true });
      return !want.signal.aborted;
    });
    // Only like with like: a forced refresh goes past caches, and members of a fallback have fewer attempts.
    const groups = Map.groupBy(wanted, ({ want }) => `${want.bypassCaches} ${want.attempts}`);
    for (const group of groups.values()) {
      const size = batch === undefined || this.#batchRefused ? 1 : Math.max(1, batch.limit);
      for (let from = 0; from < group.length; from += size) this.#call(group.slice(from, from + size));
    }
  }

  #call(group: readonly Open[]): void {
    const call = new Call(group, {
      ...this.#context,
      source: this.source,
      slots: this.#slots,
      outage: this.outage,
      batch: () => (this.#batchRefused ? undefined : this.source.batch),
      refuseBatch: (failure) => {
        if (!this.#batchRefused) this.#context.onBatchRefused(failure);
        this.#batchRefused = true;
      },
      readAlone: (open) => this.#call([open]),
    });
    void call.run();
  }
}
