import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import { outcomeError } from "../cache/outcome-error.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import { type AcceptCheck, acceptAnyOf } from "../rotation/accept-any.ts";
import { beginWatch } from "../rotation/begin-watch.ts";
import { EntryWindow, type FindEntry } from "../rotation/entry-window.ts";
import { LiveHandle } from "../rotation/live-handle.ts";
import type { LiveSecret } from "../rotation/live-secret.ts";
import { MissLog } from "../rotation/miss-log.ts";
import type { WindowStage } from "../rotation/rotation-window.ts";
import { VerifierWindow } from "../rotation/verifier-window.ts";
import { type Verify, VerifyGate } from "../rotation/verify-gate.ts";
import { WatchList } from "../rotation/watch-list.ts";
import { silentWatcher } from "../rotation/watcher.ts";
import { withWindow } from "../rotation/with-window.ts";
import type { Secret } from "../secret/secret.ts";
import { heldOf } from "../state/entry-state.ts";
import type { ReadRequest } from "./read-request.ts";

/** Everything of an instance that follows a rotation. */
export class Rotations {
  readonly #engine: Engine;
  readonly #watchList: WatchList;
  readonly #misses = new MissLog();

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#watchList = new WatchList(engine);
  }

  isWatched(entry: Entry): boolean {
    return this.#watchList.isWatched(entry);
  }

  /** The lease of what it holds is kept whether or not anybody reads it. */
  attend(entry: Entry): void {
    this.#watchList.attend(entry);
  }

  async watch(entry: Entry, request: ReadRequest, verify: Verify | undefined): Promise<LiveSecret<unknown>> {
    const gate = verify && new VerifyGate(verify, request.reading, this.#engine.clock);
    if (gate !== undefined) entry.gates.add(gate);
    // From before the first read, so that the entry is kept while it is read.
    const hold = this.#watchList.watch(entry, silentWatcher());
    const leave = (unwatch: () => void) => {
      unwatch();
      // What it has refused is for the others to judge. Where there are none it stays: who watches in a loop, and refuses
      // each time, must not show it to the hook, or ask the store, at each turn.
      if (gate !== undefined && entry.gates.delete(gate) && entry.isGated) entry.refusal = undefined;
    };
    try {
      const start = await beginWatch(this.#engine, entry, request, gate);
      // Closed meanwhile: a watch that begins now would never end.
      if (this.#engine.closing.aborted) throw outcomeError({ failure: "closed" }, false, entry, 0);
      return new LiveHandle(this.#engine, entry, request.reading, start, (watcher) => {
        const unwatch = this.#watchList.watch(entry, watcher);
        hold();
        return () => leave(unwatch);
      });
    } catch (error) {
      leave(hold);
      throw error;
    }
  }

  withSecret<R>(
    find: FindEntry,
    request: ReadRequest,
    operation: (secret: Secret<never>) => R | Promise<R>,
    isAuthError: (error: unknown) => boolean,
  ): Promise<R> {
    const { clock, random, closing } = this.#engine;
    const window = new EntryWindow<never>(this.#engine, find, request);
    // After `close()` there is nothing to wait for.
    const signal = request.signal === undefined ? closing : AbortSignal.any([request.signal, closing]);
    const ended = () => new SecretsError({ code: closing.aborted ? "closed" : "aborted" });
    return withWindow(window, operation, { isAuthError, clock, random, signal, ended });
  }

  acceptAny(
    find: FindEntry,
    request: ReadRequest,
    check: AcceptCheck<never>,
    pending: boolean,
  ): Promise<Secret<unknown> | undefined> {
    const stages: readonly WindowStage[] = pending ? ["current", "previous", "pending"] : ["current", "previous"];
    const window = new VerifierWindow<never>(this.#engine, find, request, { stages, misses: this.#misses });
    return acceptAnyOf(window, stages, check);
  }

  hint(entry: Entry, rejected: string | undefined, spreadMs: number): void {
    const held = heldOf(entry.state);
    if (rejected !== undefined && held !== undefined && held.record.version !== rejected) return;
    this.#watchList.hint(entry, spreadMs);
  }

  close(): void {
    this.#watchList.close();
  }
}
