import type { SourceFailure } from "@secretsource/core/source";
import type { Clock } from "@secretsource/core/source-kit";
import type { VaultAnswer } from "../answer/vault-answer.ts";
import { vaultDefaults } from "../defaults.ts";
import type { HeldToken } from "../token/held-token.ts";
import { TokenKeeper } from "../token/token-keeper.ts";
import { withTimeLimit } from "../token/with-time-limit.ts";
import type { ConnectionSettings } from "./connection-settings.ts";
import { deniedFailure, refusedTokenFailure } from "./denial-failures.ts";
import { DenialJudge } from "./denial-judge.ts";
import type { VaultCall } from "./vault-call.ts";
import { VaultWire } from "./vault-wire.ts";

export interface CallAnswer extends VaultAnswer {
  /** What the call was made with; undefined behind an agent. */
  readonly held: HeldToken | undefined;
}

/** One server and one token, shared by all that calls it. */
export class Connection {
  readonly clock: Clock;
  readonly #wire: VaultWire;
  readonly #keeper: TokenKeeper | undefined;
  readonly #judge: DenialJudge;
  readonly #method: string;
  readonly #end = new AbortController();
  #closing: Promise<void> | undefined;

  constructor({ login, clock, ...rest }: ConnectionSettings) {
    this.clock = clock;
    this.#wire = new VaultWire({ login, clock, ...rest });
    this.#keeper = login && new TokenKeeper(login, this.#wire, clock);
    this.#judge = new DenialJudge(this.#wire, clock, this.#end.signal);
    this.#method = login?.method ?? "agent";
  }

  /**
   * The server's answer, whatever its status but 403: that is told apart here, and comes back as a failure.
   *
   * @throws what the signal was aborted with.
   */
  async call(call: VaultCall, signal: AbortSignal): Promise<CallAnswer | SourceFailure> {
    signal.throwIfAborted();
    const holding = await this.#keeper?.hold(signal, call.use);
    if (holding?.failure !== undefined) return holding;
    const callAt = this.#judge.callBegins();
    const answer = await this.#send(call, holding?.held, signal);
    if (answer.failure !== undefined || answer.status !== 403) return answer;
    return this.#refused(call, holding?.held, callAt, signal);
  }

  /** What is sent next has a new connection, or one that has just been in use. */
  endKept(): void {
    this.#wire.endKept();
  }

  /** Work for several callers, of whom none can end it; it ends with the connection. Never rejects. */
  shared<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | SourceFailure> {
    return withTimeLimit({ clock: this.clock, ms: vaultDefaults.loginMs, end: this.#end.signal }, work);
  }

  /** Ends the token that was made for it, and every socket. */
  close(): Promise<void> {
    this.#closing ??= this.#closeNow();
    return this.#closing;
  }

  async #closeNow(): Promise<void> {
    this.#end.abort();
    this.#wire.endRequests();
    await this.#keeper?.close();
    this.#wire.close();
  }

  async #send(
    { method, path, query, body }: VaultCall,
    held: HeldToken | undefined,
    signal: AbortSignal,
  ): Promise<CallAnswer | SourceFailure> {
    const answer = await this.#wire.send({ method, path, query, body, token: held?.value, signal });
    return answer.failure === undefined ? { ...answer, held } : answer;
  }

  async #refused(
    call: VaultCall,
    held: HeldToken | undefined,
    callAt: number,
    signal: AbortSignal,
  ): Promise<CallAnswer | SourceFailure> {
    const verdict = await this.#judge.judge(held, callAt, signal);
    if (verdict === "denied") return deniedFailure(call, this.#judge.isBlind);
    if (verdict !== "token-refused") return verdict;
    if (held === undefined || this.#keeper === undefined) return refusedTokenFailure(this.#method);
    const next = await this.#keeper.replace(held, signal);
    if (next.failure !== undefined) return next;
    if (next.held.value === held.value) return refusedTokenFailure(this.#method);
    const secondAt = this.#judge.callBegins();
    const answer = await this.#send(call, next.held, signal);
    if (answer.failure !== undefined || answer.status !== 403) return answer;
    const second = await this.#judge.judgeNew(next.held, secondAt, signal);
    if (typeof second !== "string") return second;
    if (this.#judge.isBlind) this.#keeper.mayLiveOn(held);
    return deniedFailure(call, this.#judge.isBlind);
  }
}
