import type { FailureCode } from "../errors/error-code.ts";
import { policyDefaults } from "../policy/defaults.ts";
import type { Random } from "../policy/random.ts";
import { unsupportedVersion } from "../policy/supports.ts";
import type { Lease } from "../source/lease.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import type { SecretSource, SourceBatch } from "../source/secret-source.ts";
import type { Clock } from "../time/clock.ts";
import type { InstanceTime } from "../time/instance-time.ts";
import { askOnce, type Counter, type OneAnswer } from "./ask-once.ts";
import { Call, type CallContext, type Open } from "./call.ts";
import { checkRenewed, checkRevoked } from "./lease-answer.ts";
import { listen } from "./listen.ts";
import { MintBudget } from "./mint-budget.ts";
import { Outage } from "./outage.ts";
import { checkProbe, type ProbeAnswer } from "./probe-answer.ts";
import { Slots } from "./slots.ts";
import { afterMicrotasks } from "./turn.ts";
import type { Answer, Want } from "./want.ts";

/** What a port needs besides its source. */
export interface PortContext {
  readonly clock: Clock;
  readonly time: InstanceTime;
  readonly random: Random;
  /** Aborted when the instance is closed: nothing goes on after it. */
  readonly closing: AbortSignal;
  /** The source's batch was refused for good, and its items are read one by one from now on. */
  readonly onBatchRefused: (failure: FailureCode) => void;
  /** The source's probe was refused for good, and its secrets are read whole instead. */
  readonly onProbeRefused: (failure: FailureCode, ref: SecretRef) => void;
}

// What is refused as such is not asked for again; whether a read is refused is another question.
const refusesProbe: ReadonlySet<FailureCode> = new Set<FailureCode>(["access-denied", "unsupported"]);

/**
 * All calls to one source go through here: what is wanted in one turn travels together where the source has a batch, at
 * most eight calls at once, and none to a source that is known to be out but for the one that tries.
 */
export class SourcePort {
  readonly source: SecretSource;
  readonly outage: Outage;
  readonly #context: PortContext;
  readonly #slots = new Slots(policyDefaults.concurrency);
  readonly #budget: MintBudget;
  readonly #calls: CallContext;
  #waiting: Open[] = [];
  #batchRefused = false;
  #probeRefused = false;

  constructor(source: SecretSource, context: PortContext) {
    this.source = source;
    this.outage = new Outage(context.time, context.random);
    this.#budget = new MintBudget(context, source.traits.mints);
    this.#context = context;
    // One listener for all: to add one, a signal looks through all that it has.
    const underWay = new Set<Call>();
    context.closing.addEventListener("abort", () => {
      for (const call of underWay) call.end();
    });
    this.#calls = {
      ...context,
      source,
      underWay,
      slots: this.#slots,
      outage: this.outage,
      budget: this.#budget,
      batch: () => this.#batch,
      refuseBatch: (failure) => {
        if (!this.#batchRefused) context.onBatchRefused(failure);
        this.#batchRefused = true;
      },
      readAlone: (open) => this.#call([open]),
    };
  }

  /** Never rejects. */
  read(want: Want): Promise<Answer> {
    const refused = unsupportedVersion(this.source.kind, this.source.traits, want.ref.version);
    if (refused !== undefined) return Promise.resolve({ answer: refused, attempts: 0, turnedAway: false });
    return new Promise((settle) => {
      // Without a batch too: what is wanted in one turn meets the store in one state.
      this.#waiting.push({ want, settle });
      if (this.#waiting.length === 1) afterMicrotasks(() => this.#depart());
    });
  }

  get #batch(): SourceBatch | undefined {
    return this.#batchRefused ? undefined : this.source.batch;
  }

  /** The source tells of changes itself. */
  get watches(): boolean {
    return this.source.watch !== undefined;
  }

  /** Hears of changes until the signal is aborted or the source's own watch ends, for whatever reason. Never rejects. */
  watch(name: string, changed: () => void, signal: AbortSignal): Promise<void> {
    return listen(this.source, name, changed, signal);
  }

  /** Which version the ref names now, in one attempt; undefined where only a read can tell. Never rejects. */
  async probe(ref: SecretRef, signal: AbortSignal): Promise<ProbeAnswer | undefined> {
    const { source, outage } = this;
    if (source.probe === undefined || this.#probeRefused) return undefined;
    if (unsupportedVersion(source.kind, source.traits, ref.version) !== undefined) return undefined;
    const answer = await this.#probe(ref, signal);
    const failure = "failure" in answer ? answer.failure : undefined;
    if (failure === undefined || !refusesProbe.has(failure.failure)) return answer;
    if (!this.#probeRefused) this.#context.onProbeRefused(failure.failure, ref);
    this.#probeRefused = true;
    return outage.failure === undefined ? undefined : answer;
  }

  async #probe(ref: SecretRef, signal: AbortSignal): Promise<ProbeAnswer> {
    const answer = await askOnce(
      this.#counter,
      "probe",
      signal,
      (context) => this.source.probe?.(ref, context),
      checkProbe,
    );
    return answer.failure === undefined ? { probe: answer.value } : answer;
  }

  /** The lease as it is now, in one attempt; undefined where the source cannot renew. Never rejects. */
  async renew(id: string, signal: AbortSignal): Promise<OneAnswer<Lease> | undefined> {
    const { leases } = this.source;
    return leases && askOnce(this.#counter, "renew", signal, (context) => leases.renew(id, context), checkRenewed);
  }

  /** Ends a lease, in one attempt; undefined where the source cannot. Never rejects. */
  async revoke(id: string, signal: AbortSignal): Promise<OneAnswer<undefined> | undefined> {
    const { leases } = this.source;
    return leases && askOnce(this.#counter, "revoke", signal, (context) => leases.revoke(id, context), checkRevoked);
  }

  /** True if a read of this ref makes a credential. */
  mints(ref: SecretRef): boolean {
    return this.#budget.mints(ref);
  }

  get #counter(): Counter {
    const { clock, time } = this.#context;
    return { source: this.source, outage: this.outage, slots: this.#slots, clock, time };
  }

  #depart(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length === 1) {
      this.#call(waiting);
      return;
    }
    const batch = this.#batch;
    // Only like with like: a forced refresh goes past caches, and members of a fallback have fewer attempts.
    const groups = Map.groupBy(waiting, ({ want }) => `${want.bypassCaches} ${want.attempts}`);
    for (const group of groups.values()) {
      const size = batch === undefined ? 1 : Math.max(1, batch.limit);
      for (let from = 0; from < group.length; from += size) this.#call(group.slice(from, from + size));
    }
  }

  #call(group: readonly Open[]): void {
    void new Call(group, this.#calls).run();
  }
}
