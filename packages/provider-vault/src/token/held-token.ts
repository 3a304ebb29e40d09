import type { Clock } from "@secretsource/core/source-kit";
import type { VaultToken } from "../auth/vault-login.ts";
import { vaultDefaults } from "../defaults.ts";
import { type Stopwatch, startStopwatch } from "./stopwatch.ts";

/** Gives numbers from 0 to 1. */
export type Random = () => number;

/** Until when a token lives, as far as it is known, and when something is to be done about it. */
interface Life {
  readonly since: Stopwatch;
  readonly ttlMs: number;
  /** From when on it is to be renewed or replaced. */
  readonly dueMs: number;
  /** Nothing is done about it before: what was just done, or has failed, is not done again at once. */
  readonly notBeforeMs: number;
}

/** A token in use. */
export class HeldToken {
  readonly value: string;
  readonly revocable: boolean;
  readonly #clock: Clock;
  readonly #random: Random;
  #fullMs: number;
  #renewable: boolean;
  #atMaximum = false;
  #life: Life;

  constructor(token: VaultToken, clock: Clock, random: Random) {
    this.value = token.value;
    this.revocable = token.revocable;
    this.#clock = clock;
    this.#random = random;
    this.#fullMs = token.ttlMs ?? Number.POSITIVE_INFINITY;
    this.#renewable = token.renewable;
    this.#life = this.#begin(token.ttlMs);
  }

  /** How long it still lives; `Infinity` where that is not known. */
  get leftMs(): number {
    return Math.max(0, this.#life.ttlMs - this.#life.since.passedMs);
  }

  get isOver(): boolean {
    return this.leftMs <= 0;
  }

  /** It can be made to last longer; otherwise another one has to take its place. */
  get isRenewable(): boolean {
    return this.#renewable && !this.#atMaximum;
  }

  isDue(use: "call" | "lease"): boolean {
    const { since, ttlMs, dueMs, notBeforeMs } = this.#life;
    const due = use === "lease" && this.isRenewable ? Math.min(dueMs, ttlMs * vaultDefaults.leaseRenewShare) : dueMs;
    return since.passedMs >= Math.max(due, notBeforeMs);
  }

  /** So near to its end that a call had better wait for what is done about it. */
  get isNearEnd(): boolean {
    return this.leftMs <= this.#life.ttlMs * (1 - vaultDefaults.renewAwaitedShare);
  }

  /** The server has said anew how long it lives. */
  lives(token: Pick<VaultToken, "ttlMs" | "renewable">): void {
    this.#renewable = token.renewable;
    this.#life = this.#begin(token.ttlMs);
  }

  /** A look at it has said so, at a denial: that is no reason to do what is due any later. */
  lookedAt(token: Pick<VaultToken, "ttlMs" | "renewable">): void {
    const { since, dueMs, notBeforeMs } = this.#life;
    const { passedMs } = since;
    this.lives(token);
    this.#life = {
      ...this.#life,
      dueMs: Math.min(this.#life.dueMs, Math.max(0, dueMs - passedMs)),
      notBeforeMs: Math.max(0, notBeforeMs - passedMs),
    };
  }

  /** It was renewed. One that no longer gets its full time is at its maximum. */
  renewed(token: Pick<VaultToken, "ttlMs" | "renewable">): void {
    // The server counts in whole seconds, and some have passed.
    this.#atMaximum = token.ttlMs !== undefined && token.ttlMs < this.#fullMs - 2000;
    this.#fullMs = Math.max(this.#fullMs, token.ttlMs ?? Number.POSITIVE_INFINITY);
    this.lives(token);
  }

  notRenewable(): void {
    this.#renewable = false;
  }

  /** What was tried failed: it is tried again, but not at once. */
  postpone(): void {
    const passedMs = this.#life.since.passedMs;
    const stepMs = Math.max(vaultDefaults.renewalSpacingMs, this.leftMs * vaultDefaults.leaseRenewShare);
    this.#life = { ...this.#life, notBeforeMs: passedMs + stepMs };
  }

  #begin(ttlMs = Number.POSITIVE_INFINITY): Life {
    const { renewFromShare, renewToShare, renewalSpacingMs } = vaultDefaults;
    const share = renewFromShare + (renewToShare - renewFromShare) * this.#random();
    const since = startStopwatch(this.#clock);
    return { since, ttlMs, dueMs: ttlMs * share, notBeforeMs: renewalSpacingMs };
  }
}
