import type { FailureCode, SecretsErrorCode } from "../errors/error-code.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { isAbsence, isOutage } from "../policy/failure-class.ts";
import type { CachePolicy } from "../policy/freshness.ts";
import type { Lease } from "../source/lease.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { Setback } from "../state/setback.ts";
import type { OneAnswer } from "./ask-once.ts";
import type { ProbeAnswer } from "./probe-answer.ts";
import type { SourcePort } from "./source-port.ts";
import type { LaneAnswer } from "./want.ts";

/** Where reads go: one source, or several in order. Errors and events call it by its name. */
export class Lane {
  readonly name: string;
  readonly ports: readonly SourcePort[];
  readonly policy: CachePolicy;
  /** The failures after which the next member is asked. */
  readonly #when: ReadonlySet<FailureCode>;
  #out: FailureCode | undefined;
  #recovered: { readonly at: number; readonly code: FailureCode } | undefined;

  constructor(name: string, ports: readonly SourcePort[], when: ReadonlySet<FailureCode>, policy: CachePolicy) {
    this.name = name;
    this.ports = ports;
    this.policy = policy;
    this.#when = when;
  }

  /** Known to be out: every member is. */
  outage(now: number): { readonly failure: SourceFailure; readonly tryDue: boolean } | undefined {
    let failure: SourceFailure | undefined;
    for (const { outage } of this.ports) {
      if (outage.failure === undefined) return undefined;
      failure = outage.failure;
    }
    return failure && { failure, tryDue: this.ports.some(({ outage }) => outage.isTryDue(now)) };
  }

  /** When it last came back, and from what. */
  get recovered(): { readonly at: number; readonly code: FailureCode } | undefined {
    return this.#recovered;
  }

  /** A call has ended: remembers when an outage of the whole lane is over. */
  note(failure: SecretsErrorCode | undefined, now: number): void {
    const outage = this.outage(now);
    if (outage !== undefined) this.#out = outage.failure.failure;
    else if (this.#out !== undefined && (failure === undefined || !isOutage(failure))) {
      this.#recovered = { at: now, code: this.#out };
      this.#out = undefined;
    }
  }

  /** Asks the first member that answers which version it has now; undefined where only a read can tell. */
  async probe(ref: SecretRef, signal: AbortSignal): Promise<ProbeAnswer | undefined> {
    for (const port of this.ports) {
      const answer = await port.probe(ref, signal);
      if (answer?.failure === undefined || !this.#when.has(answer.failure.failure)) return answer;
    }
    return undefined;
  }

  /** Asks the members in order, until one gives a record or a failure after which the next is not asked. */
  async read(ref: SecretRef, signal: AbortSignal, bypassCaches: boolean): Promise<LaneAnswer> {
    const failures: Setback[] = [];
    let attempts = 0;
    let turnedAway = true;
    for (const [member, port] of this.ports.entries()) {
      const last = member === this.ports.length - 1;
      // A member is left after one failed attempt while another follows.
      const most = last ? policyDefaults.attempts : 1;
      const answer = await port.read({ ref, bypassCaches, signal, attempts: most });
      attempts += answer.attempts;
      turnedAway &&= answer.turnedAway;
      if (answer.answer.failure === undefined) return { answer: answer.answer, attempts, turnedAway: false, member };
      failures.push(answer.answer);
      if (!this.#leaves(answer.answer)) break;
    }
    return { answer: conclusion(failures), attempts, turnedAway, member: failures.length - 1 };
  }

  /** The lease as it is now; undefined where its source cannot renew. */
  async renew(member: number, id: string, signal: AbortSignal): Promise<OneAnswer<Lease> | undefined> {
    return this.ports[member]?.renew(id, signal);
  }

  /** Ends a lease; undefined where its source cannot. */
  async revoke(member: number, id: string, signal: AbortSignal): Promise<OneAnswer<undefined> | undefined> {
    return this.ports[member]?.revoke(id, signal);
  }

  /** True if a read of this ref may make a credential. */
  mints(ref: SecretRef): boolean {
    return this.ports.some((port) => port.mints(ref));
  }

  /** A member that may mint no more cannot be asked, as one that is unavailable. */
  #leaves({ failure }: Setback): boolean {
    return this.#when.has(failure === "mint-budget-exhausted" ? "unavailable" : (failure as FailureCode));
  }
}

/** Absent in one member says nothing while another cannot be reached, or does not let us look. */
function conclusion(failures: readonly Setback[]): Setback {
  const last = failures.at(-1) ?? { failure: "unknown" };
  if (!isAbsence(last.failure)) return last;
  const outage = failures.find(({ failure }) => isOutage(failure));
  if (outage === undefined) return failures.find(({ failure }) => !isAbsence(failure)) ?? last;
  const advice = "One source does not have the secret and another cannot be reached.";
  return { ...outage, failure: "unavailable", advice };
}
