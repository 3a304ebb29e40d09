import type { FailureCode, SourceFailure } from "@secretsource/core/source";
import type { Clock } from "@secretsource/core/source-kit";
import type { VaultLogin } from "../auth/vault-login.ts";
import type { VaultWire } from "../connection/vault-wire.ts";
import { vaultDefaults } from "../defaults.ts";
import { connectionClosed } from "./connection-closed.ts";
import { HeldToken, type Random } from "./held-token.ts";
import { LoginBackoff } from "./login-backoff.ts";
import { loginContext } from "./login-context.ts";
import { noAbsence } from "./no-absence.ts";
import { raced } from "./raced.ts";
import { renewSelf, revokeSelf } from "./self-requests.ts";
import { tokenGiven } from "./vault-token.ts";
import { withTimeLimit } from "./with-time-limit.ts";

const refusals: ReadonlySet<FailureCode> = new Set(["access-denied", "invalid-request"]);

/** What a token is wanted for: what hangs on a lease ends with the token. */
export type TokenUse = "call" | "lease";

export type Holding = { readonly held: HeldToken; readonly failure?: undefined } | SourceFailure;

/**
 * The life of the token: one login for all who wait, renewed or replaced on use, revoked at the end. It has no timer of
 * its own but the time limits of what is under way.
 */
export class TokenKeeper {
  readonly #login: VaultLogin;
  readonly #wire: VaultWire;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #backoff: LoginBackoff;
  readonly #end = new AbortController();
  #held: HeldToken | undefined;
  #loggingIn: Promise<Holding> | undefined;
  #renewing: Promise<void> | undefined;
  /** Replaced, and still alive: leases hang on them. */
  #retired: HeldToken[] = [];

  constructor(login: VaultLogin, wire: VaultWire, clock: Clock, random: Random = Math.random) {
    this.#login = login;
    this.#wire = wire;
    this.#clock = clock;
    this.#random = random;
    this.#backoff = new LoginBackoff(clock, random);
  }

  /** A token that is alive, as far as we know. @throws what the signal was aborted with. */
  async hold(signal: AbortSignal, use: TokenUse = "call"): Promise<Holding> {
    if (this.#end.signal.aborted) return connectionClosed;
    const held = this.#held;
    if (held === undefined || held.isOver || (await this.#isChanged(held))) return raced(this.#logIn(), signal);
    if (held.isDue(use)) {
      const done = this.#prolong(held);
      if (use === "lease" || held.isNearEnd) await raced(done, signal);
    }
    return { held: this.#held ?? held };
  }

  /** The server does not know this one any more: the one that has taken its place, or a new one. */
  async replace(held: HeldToken, signal: AbortSignal): Promise<Holding> {
    if (this.#held !== undefined && this.#held !== held) return { held: this.#held };
    this.#held = undefined;
    return raced(this.#logIn(), signal);
  }

  /** One that was replaced without a word of the server that it is dead: it is revoked at the end, with the others. */
  mayLiveOn(held: HeldToken): void {
    this.#retire(held);
  }

  /** Revokes what this login has made. What is still to be answered is not waited for. */
  async close(): Promise<void> {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    await Promise.all([this.#loggingIn, this.#renewing]);
    const ours = [...this.#retired, ...(this.#held === undefined ? [] : [this.#held])];
    this.#held = undefined;
    this.#retired = [];
    const limit = { clock: this.#clock, ms: vaultDefaults.revocationMs, end: new AbortController().signal };
    const left = ours.filter((one) => one.revocable && !one.isOver);
    await Promise.all(left.map((one) => withTimeLimit(limit, (signal) => revokeSelf(this.#wire, one.value, signal))));
  }

  async #isChanged({ value }: HeldToken): Promise<boolean> {
    try {
      return (await this.#login.changed?.(value)) ?? false;
    } catch {
      // A file that cannot be looked at just now is no reason to drop a token that works.
      return false;
    }
  }

  #logIn(): Promise<Holding> {
    const refusal = this.#backoff.refusal;
    if (refusal !== undefined) return Promise.resolve(refusal);
    this.#loggingIn ??= this.#logInNow().finally(() => {
      this.#loggingIn = undefined;
    });
    return this.#loggingIn;
  }

  async #logInNow(): Promise<Holding> {
    const login = this.#login;
    this.#wire.endKept();
    const result: unknown = await withTimeLimit(this.#limit(vaultDefaults.loginMs), async (signal) =>
      login.login(loginContext(this.#wire, login.method, signal)),
    );
    const given = tokenGiven(result, login.method);
    if (given.failure !== undefined) {
      const failure = noAbsence(given);
      this.#backoff.failed(failure);
      return failure;
    }
    this.#backoff.succeeded();
    const former = this.#held;
    if (former?.value === given.value) former.lives(given);
    else {
      this.#retire(former);
      this.#held = new HeldToken(given, this.#clock, this.#random);
    }
    return this.#held === undefined ? { failure: "unknown" } : { held: this.#held };
  }

  #retire(former: HeldToken | undefined): void {
    const kept = this.#retired.filter((one) => !one.isOver && one !== former);
    this.#retired = former === undefined || former.isOver ? kept : [...kept, former];
  }

  /** Never rejects. */
  #prolong(held: HeldToken): Promise<void> {
    this.#renewing ??= this.#prolongNow(held).finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #prolongNow(held: HeldToken): Promise<void> {
    held.postpone();
    if (!held.isRenewable) {
      await this.#logIn();
      return;
    }
    const renewed = await withTimeLimit(this.#limit(vaultDefaults.renewalMs), (signal) =>
      renewSelf(this.#wire, held.value, signal),
    );
    // Without a time it is no renewal: whatever lives for ever needs none.
    if (renewed.failure === undefined && renewed.ttlMs !== undefined) held.renewed(renewed);
    else if (renewed.failure === undefined || refusals.has(renewed.failure)) held.notRenewable();
  }

  #limit(ms: number) {
    return { clock: this.#clock, ms, end: this.#end.signal };
  }
}
