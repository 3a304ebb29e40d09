import { accept } from "../cache/accept.ts";
import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import { outcomeError } from "../cache/outcome-error.ts";
import { read } from "../cache/read.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import { type AcceptCheck, acceptAnyOf, type MissMemory } from "../rotation/accept-any.ts";
import { EntryWindow, type FindEntry } from "../rotation/entry-window.ts";
import { LiveHandle } from "../rotation/live-handle.ts";
import type { LiveSecret } from "../rotation/live-secret.ts";
import { type Verify, verifyGate } from "../rotation/verify-gate.ts";
import { WatchList } from "../rotation/watch-list.ts";
import { withWindow } from "../rotation/with-window.ts";
import type { Secret } from "../secret/secret.ts";
import { heldOf } from "../state/entry-state.ts";
import type { ReadRequest } from "./read-request.ts";

/** Everything of an instance that follows a rotation. */
export class Rotations {
  readonly #engine: Engine;
  readonly #watchList: WatchList;
  readonly #misses = new WeakMap<Entry, MissMemory>();

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#watchList = new WatchList(engine);
  }

  isWatched(entry: Entry): boolean {
    return this.#watchList.isWatched(entry);
  }

  async watch(entry: Entry, request: ReadRequest, verify: Verify | undefined): Promise<LiveSecret<unknown>> {
    const gate = verify && verifyGate(verify, request.reading, this.#engine.clock);
    if (gate !== undefined) entry.gates.add(gate);
    // From before the first read, so that the entry is kept while it is read.
    const hold = this.#watchList.watch(entry, () => {});
    try {
      const outcome = await read(this.#engine, entry, request);
      if (outcome === "aborted") {
        throw new SecretsError({ code: "aborted", source: entry.lane.name, secretName: entry.ref.name });
      }
      if (!("held" in outcome)) throw outcomeError(outcome.failure, outcome.limit, entry, outcome.attempts);
      const { record } = outcome.held;
      // What was there before the hook was has not been shown to it.
      if (gate !== undefined && !(await gate(record, this.#engine.closing))) {
        throw outcomeError({ failure: "verify-failed" }, false, entry, outcome.stale === undefined ? 1 : 0);
      }
      const secret = await accept(this.#engine, entry, record, request, outcome.stale);
      // Closed meanwhile: a watch that begins now would never end.
      if (this.#engine.closing.aborted) throw outcomeError({ failure: "closed" }, false, entry, 0);
      return new LiveHandle(this.#engine, entry, request.reading, { secret, loaded: record }, (watcher) => {
        const unwatch = this.#watchList.watch(entry, watcher);
        hold();
        return () => {
          if (gate !== undefined) entry.gates.delete(gate);
          unwatch();
        };
      });
    } catch (error) {
      hold();
      if (gate !== undefined) entry.gates.delete(gate);
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
    return withWindow(window, operation, { isAuthError, clock, random, signal });
  }

  acceptAny(
    find: FindEntry,
    request: ReadRequest,
    check: AcceptCheck<never>,
    pending: boolean,
  ): Promise<Secret<unknown> | undefined> {
    const window = new EntryWindow<never>(this.#engine, find, request);
    const missed = this.#missesOf(find("current"));
    const now = this.#engine.time.precise();
    return acceptAnyOf(window, pending ? ["current", "previous", "pending"] : ["current", "previous"], check, {
      now,
      missed,
    });
  }

  hint(entry: Entry, rejected: string | undefined, spreadMs: number): void {
    const held = heldOf(entry.state);
    if (rejected !== undefined && held !== undefined && held.record.version !== rejected) return;
    this.#watchList.hint(entry, this.#engine.random() * spreadMs);
  }

  close(): void {
    this.#watchList.close();
  }

  #missesOf(entry: Entry | undefined): MissMemory {
    if (entry === undefined) return { at: Number.NEGATIVE_INFINITY };
    const known = this.#misses.get(entry) ?? { at: Number.NEGATIVE_INFINITY };
    this.#misses.set(entry, known);
    return known;
  }
}
