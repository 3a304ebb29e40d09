import type { FailureCode } from "../errors/error-code.ts";
import { waitInCall } from "../policy/backoff.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { attemptsWorth } from "../policy/failure-class.ts";
import type { Random } from "../policy/random.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretSource, SourceBatch } from "../source/secret-source.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { Setback } from "../state/setback.ts";
import type { Clock } from "../time/clock.ts";
import type { InstanceTime } from "../time/instance-time.ts";
import { sleep } from "../time/sleep.ts";
import type { AttemptLimits } from "./attempt.ts";
import { attemptBatch, attemptRead } from "./attempt-read.ts";
import { loading } from "./loading.ts";
import type { MintBudget } from "./mint-budget.ts";
import type { Outage } from "./outage.ts";
import type { Slots } from "./slots.ts";
import type { Answer, Want } from "./want.ts";
import { withoutSlot } from "./without-slot.ts";

/** What a call shares with the others of its source. */
export interface CallContext {
  readonly source: SecretSource;
  readonly clock: Clock;
  readonly time: InstanceTime;
  readonly random: Random;
  readonly slots: Slots;
  readonly outage: Outage;
  /** The instance is closing. */
  readonly closing: AbortSignal;
  /** Those that have a slot: they are ended as the instance closes. */
  readonly underWay: Set<Call>;
  readonly budget: MintBudget;
  readonly batch: () => SourceBatch | undefined;
  readonly refuseBatch: (failure: FailureCode) => void;
  /** Reads what the batch does not give. */
  readonly readAlone: (open: Open) => void;
}

export interface Open {
  readonly want: Want;
  readonly settle: (answer: Answer) => void;
}

type Answered = SecretRecord | SourceFailure | "alone";

// Says something about the store or about us. Whatever else the request as a whole was answered with (a missing batch
// endpoint's "not found", one bad name among good ones) is no word about each of its secrets: they are read one by one.
const meantForAll: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "unavailable",
  "timeout",
  "throttled",
  "unauthenticated",
  "payload-corrupt",
  "aborted",
  "unknown",
]);

// The batch as such is not for us; whether its items are is another question.
const refusesBatch: ReadonlySet<FailureCode> = new Set<FailureCode>(["access-denied", "unsupported"]);

/** One call of ours, for one want or for a batch of them: the only retry loop there is. */
export class Call {
  readonly #context: CallContext;
  readonly #gone = new AbortController();
  #open: readonly Open[];
  readonly #settled: (SecretRecord | SourceFailure)[] = [];
  #made = 0;
  #most = 1;
  #isTry = false;
  #mints = false;
  #startedAt = 0;
  #deadline = 0;
  #askedAt: number | undefined;
  #heardOut = false;

  constructor(wants: readonly Open[], context: CallContext) {
    this.#open = wants;
    this.#context = context;
  }

  /**
   * The waits for the source's code and for a slot are part of its time, and leave enough of it for one attempt: a call with less would find a
   * store out that is only busy. Keeps its slot while it waits for the next attempt: those behind it would only find out the same, and it would have
   * to queue behind them until long after its deadline.
   */
  async run(): Promise<void> {
    const { source, outage, time, clock, slots } = this.#context;
    // Not in the queue: by the time a slot is free the source may be back, and the whole queue would ask it at once.
    if (outage.failure !== undefined && !outage.isTryDue(time.precise())) {
      this.#turnAway(outage.failure);
      return;
    }
    const from = clock.monotonic();
    this.#deadline = from + policyDefaults.callMs;
    const stopListening = this.#endWhenNobodyWants();
    const { signal } = this.#gone;
    const load = loading(source, clock, policyDefaults.queueMs, signal);
    if (load !== undefined) await load;
    if (
      slots.take() ||
      (await slots.turn({ clock, ms: Math.max(0, from + policyDefaults.queueMs - clock.monotonic()), signal }))
    ) {
      try {
        await this.#attempts();
      } finally {
        slots.giveBack();
      }
    } else this.#turnAway(withoutSlot(signal));
    stopListening();
  }

  /** Nobody is answered any more. */
  end(): void {
    this.#gone.abort();
  }

  async #attempts(): Promise<void> {
    const { underWay, budget, clock } = this.#context;
    underWay.add(this);
    while (this.#admitted()) {
      const arrives = this.#open.map(({ want }) => budget.departs(want.ref, this.#startedAt));
      this.#askedAt = clock.monotonic();
      const [first, second] = this.#open;
      const isOne = first !== undefined && second === undefined;
      const answers = isOne ? [await this.#askFor(first)] : await this.#askForAll(this.#open);
      this.#askedAt = undefined;
      arrives.forEach((arrived, index) => void arrived(answers[index] ?? "alone"));
      const waitMs = this.#take(answers);
      if (waitMs !== undefined) await sleep(clock, waitMs, this.#gone.signal, "hold");
    }
    underWay.delete(this);
  }

  #askFor({ want }: Open): Promise<Answered> {
    const limits = this.#limits(want);
    this.#made += 1;
    return attemptRead(this.#context.source, want.ref, limits);
  }

  async #askForAll(pending: readonly Open[]): Promise<readonly Answered[]> {
    const { source, batch, refuseBatch } = this.#context;
    const [first] = pending;
    const together = batch();
    if (first === undefined || together === undefined) return pending.map(() => "alone");
    const limits = this.#limits(first.want);
    this.#made += 1;
    const refs = pending.map(({ want }) => want.ref);
    const answers = await attemptBatch(source, together, refs, limits);
    if (!("failure" in answers)) return answers;
    if (meantForAll.has(answers.failure)) return pending.map(() => answers);
    if (refusesBatch.has(answers.failure)) refuseBatch(answers.failure);
    return pending.map(() => "alone");
  }

  /** False where no call is to be made; then everything has been settled. */
  #admitted(): boolean {
    const { outage, time } = this.#context;
    // What nobody wants any more may be wanted anew by another call.
    const unwanted = this.#open.filter(({ want }) => want.signal.aborted);
    if (unwanted.length > 0) this.#turnAway({ failure: "aborted" }, unwanted);
    for (const open of this.#open) {
      const refusal = this.#context.budget.refusal(open.want.ref);
      if (refusal !== undefined) this.#turnAway(refusal, [open]);
    }
    if (this.#open.length === 0) return false;
    if (this.#made > 0) {
      // Another call may have found an outage while this one waited.
      return outage.failure === undefined || this.#turnAway(outage.failure);
    }
    const admitted = outage.admit();
    if (typeof admitted === "object") return this.#turnAway(admitted);
    this.#isTry = admitted === "try";
    this.#mints = this.#open.some(({ want }) => this.#context.budget.mints(want.ref));
    this.#most = this.#isTry || this.#mints ? 1 : (this.#open[0]?.want.attempts ?? 1);
    this.#startedAt = time.precise();
    return true;
  }

  #turnAway(failure: Setback, these = this.#open): false {
    for (const { settle } of these) {
      settle({ answer: failure, attempts: this.#made, turnedAway: this.#made === 0 });
    }
    this.#open = this.#open.filter((open) => !these.includes(open));
    return false;
  }

  /** Settles what is final and keeps the rest open. The wait before the next attempt, or undefined if there is none. */
  #take(answers: readonly Answered[]): number | undefined {
    const left = this.#deadline - this.#context.clock.monotonic();
    const again: Open[] = [];
    const alone: Open[] = [];
    let waitMs: number | undefined;
    this.#open.forEach((open, index) => {
      const answer = answers[index] ?? "alone";
      if (answer === "alone") {
        alone.push(open);
        return;
      }
      const wait = this.#retryWait(answer);
      if (wait !== undefined && wait < left) {
        again.push(open);
        waitMs = Math.max(waitMs ?? 0, wait);
        return;
      }
      this.#settled.push(answer);
      open.settle({ answer, attempts: this.#made, turnedAway: false });
    });
    this.#open = again;
    // While the others are tried again, this call has not failed.
    const ended = again.length === 0 || this.#settled.some(({ failure }) => failure === undefined);
    if (ended) this.#context.outage.ended(this.#startedAt, this.#settled, this.#isTry);
    for (const open of alone) this.#readAlone(open);
    return waitMs;
  }

  /** A call of its own: with a slot of its own, and all its attempts. */
  #readAlone({ want, settle }: Open): void {
    const before = this.#made;
    const total = (answer: Answer) => settle({ ...answer, attempts: before + answer.attempts });
    this.#context.readAlone({ want, settle: total });
  }

  #retryWait(answer: SecretRecord | SourceFailure): number | undefined {
    const most = this.#heardOut ? 1 : this.#most;
    if (answer.failure === undefined || this.#made >= attemptsWorth(answer.failure, most)) return undefined;
    return waitInCall(this.#made, answer, this.#context.random);
  }

  #limits({ bypassCaches }: Want): AttemptLimits {
    const { clock } = this.#context;
    const left = this.#deadline - clock.monotonic();
    const deadlineMs = this.#mints ? left : Math.min(left, policyDefaults.attemptMs);
    return { clock, deadlineMs, signal: this.#gone.signal, bypassCaches };
  }

  /** An attempt in which one is given up goes on for the others; the call ends with the last. */
  #endWhenNobodyWants(): () => void {
    const signals = this.#open.map(({ want }) => want.signal);
    let wanted = signals.length;
    const gone = () => {
      wanted -= 1;
      if (wanted > 0) return;
      this.#heardOut = this.#isHeardOut();
      if (!this.#heardOut) return this.#gone.abort();
      const attempts = this.#made;
      for (const { settle } of this.#open) settle({ answer: { failure: "aborted" }, attempts, turnedAway: false });
    };
    for (const signal of signals) {
      if (signal.aborted) gone();
      else signal.addEventListener("abort", gone);
    }
    return () => {
      for (const signal of signals) signal.removeEventListener("abort", gone);
      if (this.#heardOut) this.#context.outage.wasHeardOut();
    };
  }

  /**
   * Nobody wants the attempt that is under way any more. Where all were given up before the store had said a word, one goes
   * on to its deadline: otherwise a store that hangs behind callers of little patience would never be found out.
   */
  #isHeardOut(): boolean {
    const { outage, clock, closing } = this.#context;
    if (this.#askedAt === undefined || this.#mints || closing.aborted) return false;
    // A machine that slept has not waited.
    return outage.gaveUp(clock.monotonic() - this.#askedAt);
  }
}
