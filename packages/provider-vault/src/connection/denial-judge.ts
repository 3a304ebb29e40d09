import type { SourceFailure } from "@secretsource/core/source";
import type { Clock } from "@secretsource/core/source-kit";
import { statusFailure } from "../answer/status-failures.ts";
import { isSuccess } from "../answer/vault-answer.ts";
import { vaultDefaults } from "../defaults.ts";
import type { HeldToken } from "../token/held-token.ts";
import { noAbsence } from "../token/no-absence.ts";
import { raced } from "../token/raced.ts";
import { lookUpSelf } from "../token/self-requests.ts";
import { type Stopwatch, startStopwatch } from "../token/stopwatch.ts";
import { tokenLookedUp } from "../token/vault-token.ts";
import { withTimeLimit } from "../token/with-time-limit.ts";
import type { VaultWire } from "./vault-wire.ts";

/** What stands behind a 403: the server says the same to a good token without permission and to a bad token. */
export type Verdict = "denied" | "token-refused" | SourceFailure;

interface Look {
  /** When it began, in the order of things. */
  readonly at: number;
  readonly verdict: Promise<Verdict>;
}

/** Finds out by a look at our own token; one look for all whose calls were under way when it began. */
export class DenialJudge {
  readonly #wire: VaultWire;
  readonly #clock: Clock;
  readonly #end: AbortSignal;
  readonly #looks = new WeakMap<object, Look>();
  #order = 0;
  /** Set where even a new token could not look itself up: then a refused look says nothing. */
  #blindSince: Stopwatch | undefined;

  constructor(wire: VaultWire, clock: Clock, end: AbortSignal) {
    this.#wire = wire;
    this.#clock = clock;
    this.#end = end;
  }

  /** A call begins. What it gives goes to {@link judge}: a look from before that would not be fresh. */
  callBegins(): number {
    this.#order += 1;
    return this.#order;
  }

  /** @param held Undefined: the agent's token. @throws what the signal was aborted with. */
  async judge(held: HeldToken | undefined, callAt: number, signal: AbortSignal): Promise<Verdict> {
    if (this.#blindSince !== undefined && this.#blindSince.passedMs < vaultDefaults.blindLoginSpacingMs)
      return "denied";
    return raced(this.#look(held, callAt), signal);
  }

  /** A token from a login of this moment was refused as well: that is a denial, whatever the look at it says. */
  async judgeNew(held: HeldToken, callAt: number, signal: AbortSignal): Promise<Verdict> {
    const verdict = await raced(this.#look(held, callAt), signal);
    if (verdict !== "token-refused") return verdict;
    this.#blindSince = startStopwatch(this.#clock);
    return "denied";
  }

  /** It may not look itself up: its denials are to be explained with that in mind. */
  get isBlind(): boolean {
    return this.#blindSince !== undefined;
  }

  #look(held: HeldToken | undefined, callAt: number): Promise<Verdict> {
    const key = held ?? this;
    const last = this.#looks.get(key);
    if (last !== undefined && last.at > callAt) return last.verdict;
    const look: Look = { at: this.callBegins(), verdict: this.#lookNow(held) };
    this.#looks.set(key, look);
    return look.verdict;
  }

  async #lookNow(held: HeldToken | undefined): Promise<Verdict> {
    const limit = { clock: this.#clock, ms: vaultDefaults.renewalMs, end: this.#end };
    const answer = await withTimeLimit(limit, (signal) => lookUpSelf(this.#wire, held?.value, signal));
    if (answer.failure !== undefined) return answer;
    if (!isSuccess(answer)) return answer.status === 403 ? "token-refused" : noAbsence(statusFailure(answer));
    this.#blindSince = undefined;
    const found = tokenLookedUp(held?.value ?? "", answer);
    if (found.failure === undefined) held?.lookedAt(found);
    return "denied";
  }
}
