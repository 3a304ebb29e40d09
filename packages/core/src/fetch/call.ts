import type { FailureCode } from "../errors/error-code.ts";
import { waitInCall } from "../policy/backoff.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { attemptsWorth } from "../policy/failure-class.ts";
import type { Random } from "../policy/random.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretSource, SourceBatch } from "../source/secret-source.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { Clock } from "../time/clock.ts";
import type { InstanceTime } from "../time/instance-time.ts";
import { sleep } from "../time/sleep.ts";
import type { AttemptLimits } from "./attempt.ts";
import { attemptBatch, attemptRead } from "./attempt-read.ts";
import type { Outage } from "./outage.ts";
import type { Slots } from "./slots.ts";
import type { Answer, Want } from "./want.ts";

/** What a call shares with the others of its source. */
export interface CallContext {
  readonly source: SecretSource;
  readonly clock: Clock;
  readonly time: InstanceTime;
  readonly random: Random;
  readonly slots: Slots;
  readonly outage: Outage;
  readonly batch: () => SourceBatch | undefined;
  readonly refuseBatch: (failure: FailureCode) => void;
}

interface Open {
  readonly want: Want;
  readonly settle: (answer: Answer) => void;
}

// The batch as such is not for us; whether its items are is another question.
const refusesBatch: ReadonlySet<FailureCode> = new Set<FailureCode>(["access-denied", "unsupported"]);

/** One call of ours, for one want or for a batch of them: the only retry loop there is. */
export class Call {
  readonly #context: CallContext;
  readonly #gone = new AbortController();
  #open: readonly Open[];
  #made = 0;
  #most = 1;
  #startedAt = 0;
  #deadline = 0;

  constructor(wants: readonly Open[], context: CallContext) {
    this.#open = wants;
    this.#context = context;
  }

  async run(): Promise<void> {
    const stopListening = this.#endWhenNobodyWants();
    while (this.#open.length > 0) {
      const waitMs = await this.#attempt();
      if (waitMs !== undefined) await sleep(this.#context.clock, waitMs, this.#gone.signal, "hold");
    }
    stopListening();
  }

  /** One attempt for all that is open. The wait before the next one, or undefined if there is none. */
  async #attempt(): Promise<number | undefined> {
    const { slots, source } = this.#context;
    const pending = this.#open;
    const together = await slots.use(() => this.#together(pending));
    if (together === undefined) return undefined;
    const answers = await Promise.all(
      pending.map(({ want }, index) => {
        const answer = together[index] ?? "alone";
        return answer === "alone" ? slots.use(() => attemptRead(source, want.ref, this.#limits(want))) : answer;
      }),
    );
    return this.#take(pending, answers);
  }

  async #together(pending: readonly Open[]): Promise<readonly (SecretRecord | SourceFailure | "alone")[] | undefined> {
    const [first] = pending;
    if (first === undefined || !this.#admitted()) return undefined;
    this.#made += 1;
    const { source, batch, refuseBatch } = this.#context;
    const limits = this.#limits(first.want);
    if (pending.length === 1) return [await attemptRead(source, first.want.ref, limits)];
    const together = batch();
    if (together === undefined) return pending.map(() => "alone");
    const refs = pending.map(({ want }) => want.ref);
    const answers = await attemptBatch(source, together, refs, limits);
    if (!("failure" in answers)) return answers;
    if (!refusesBatch.has(answers.failure)) return pending.map(() => answers);
    refuseBatch(answers.failure);
    return pending.map(() => "alone");
  }

  /** False where no call may be made; then everything that is open has been settled. */
  #admitted(): boolean {
    const { outage, clock, time, source } = this.#context;
    if (this.#gone.signal.aborted) return this.#turnAway({ failure: "aborted" });
    if (this.#made > 0) {
      // Another call may have found an outage while this one waited.
      return outage.failure === undefined || this.#turnAway(outage.failure);
    }
    const admitted = outage.admit();
    if (typeof admitted === "object") return this.#turnAway(admitted);
    this.#most = admitted === "try" || source.traits.mints ? 1 : (this.#open[0]?.want.attempts ?? 1);
    this.#startedAt = time.precise();
    this.#deadline = clock.monotonic() + policyDefaults.callMs;
    return true;
  }

  #turnAway(failure: SourceFailure): false {
    for (const { settle } of this.#open) {
      settle({ answer: failure, attempts: this.#made, turnedAway: this.#made === 0 });
    }
    this.#open = [];
    return false;
  }

  /** Settles what is final and keeps the rest open. */
  #take(pending: readonly Open[], answers: readonly (SecretRecord | SourceFailure)[]): number | undefined {
    const left = this.#deadline - this.#context.clock.monotonic();
    const again: Open[] = [];
    let waitMs: number | undefined;
    let failed: SourceFailure | undefined;
    let answered = false;
    pending.forEach((open, index) => {
      const answer = answers[index] ?? { failure: "unknown" };
      const wait = this.#retryWait(answer);
      if (wait !== undefined && wait < left) {
        again.push(open);
        waitMs = Math.max(waitMs ?? 0, wait);
        return;
      }
      if (answer.failure === undefined) answered = true;
      else failed = answer;
      open.settle({ answer, attempts: this.#made, turnedAway: false });
    });
    this.#open = again;
    if (answered || failed !== undefined) this.#context.outage.ended(this.#startedAt, answered ? undefined : failed);
    return waitMs;
  }

  #retryWait(answer: SecretRecord | SourceFailure): number | undefined {
    if (answer.failure === undefined || this.#made >= attemptsWorth(answer.failure, this.#most)) return undefined;
    return waitInCall(this.#made, answer, this.#context.random);
  }

  #limits({ bypassCaches }: Want): AttemptLimits {
    const { clock, source } = this.#context;
    const left = this.#deadline - clock.monotonic();
    const deadlineMs = source.traits.mints ? left : Math.min(left, policyDefaults.attemptMs);
    return { clock, deadlineMs, signal: this.#gone.signal, bypassCaches };
  }

  /** One that is given up travels on with the others; the call ends with the last. */
  #endWhenNobodyWants(): () => void {
    const signals = this.#open.map(({ want }) => want.signal);
    let wanted = signals.length;
    const gone = () => {
      wanted -= 1;
      if (wanted === 0) this.#gone.abort();
    };
    for (const signal of signals) {
      if (signal.aborted) gone();
      else signal.addEventListener("abort", gone, { once: true });
    }
    return () => {
      for (const signal of signals) signal.removeEventListener("abort", gone);
    };
  }
}
