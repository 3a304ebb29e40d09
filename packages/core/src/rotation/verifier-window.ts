import type { Acceptance } from "../cache/accept.ts";
import type { Engine } from "../cache/engine.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import { heldOf, troubleOf } from "../state/entry-state.ts";
import { untilAborted } from "../util/until-aborted.ts";
import type { AcceptWindow } from "./accept-any.ts";
import { EntryWindow, type FindEntry } from "./entry-window.ts";
import type { MissLog } from "./miss-log.ts";
import type { Credential, WindowStage } from "./rotation-window.ts";

/**
 * The window as a verifier may believe it: what the store has now, and nothing that is only remembered. A value that a
 * reader would be given in the place of one that a hook has refused is not the store's word.
 */
export class VerifierWindow<T> implements AcceptWindow<T> {
  readonly #engine: Engine;
  readonly #find: FindEntry;
  readonly #stages: readonly WindowStage[];
  readonly #own: EntryWindow<T>;
  /** Without the caller's signal: others share what it brings. */
  readonly #shared: EntryWindow<T>;
  readonly #misses: MissLog;
  readonly #signal: AbortSignal | undefined;
  readonly #startedAt: number;

  constructor(
    engine: Engine,
    find: FindEntry,
    how: Acceptance,
    { stages, misses }: { readonly stages: readonly WindowStage[]; readonly misses: MissLog },
  ) {
    this.#engine = engine;
    this.#find = find;
    this.#stages = stages;
    this.#own = new EntryWindow(engine, find, { ...how, refresh: true });
    this.#shared = new EntryWindow(engine, find, { ...how, refresh: true, signal: undefined });
    this.#misses = misses;
    this.#signal = how.signal;
    this.#startedAt = engine.time.precise();
  }

  async read(stage: WindowStage): Promise<Credential<T> | undefined> {
    const credential = await this.#own.read(stage);
    if (credential?.secret.stale === "verify-failed") throw this.doubt(stage, "verify-failed");
    return credential;
  }

  /** An error for what is not the store's present word. */
  doubt(stage: WindowStage, code: SecretsErrorCode): SecretsError {
    const entry = this.#find(stage);
    return new SecretsError({ code, source: entry?.lane.name, secretName: entry?.ref.name });
  }

  refresh(): Promise<unknown> | undefined {
    const current = this.#find("current");
    const asked = current && (heldOf(current.state)?.life.askedAt ?? troubleOf(current.state)?.at);
    if (current === undefined || asked === undefined) return undefined;
    // What was asked for since this call began is as young as another look would be: it is only to be read again.
    if (asked >= this.#startedAt) return Promise.resolve();
    const now = () => this.#engine.time.precise();
    const { lane, ref } = current;
    const look = this.#misses.refresh(`${lane.name}\0${ref.name}`, this.#startedAt, now, () => this.#lookAgain(now()));
    // Who leaves finds that out at the next read.
    return look && untilAborted(this.#signal, look);
  }

  /** False where all that came was an answer from before: one a moment old, or that of a call that was under way. */
  async #lookAgain(since: number): Promise<boolean> {
    const looks = await Promise.allSettled(this.#stages.map((stage) => this.#shared.read(stage, since)));
    const failed = looks.find((look) => look.status === "rejected");
    if (failed !== undefined) throw failed.reason;
    const current = this.#find("current");
    const held = current && heldOf(current.state);
    return held === undefined || held.life.askedAt >= since;
  }
}
