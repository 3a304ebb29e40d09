import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import { fly } from "../cache/fly.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { Ticker } from "../schedule/ticker.ts";
import { isDue } from "./is-due.ts";

/** Somebody who wants to know when what an entry can give may have changed. */
export type Watcher = () => void;

/**
 * All entries that are watched, on one timer: each is asked for again when its refresh is due, whether or not anybody
 * reads it. Watchers of one entry share its calls.
 */
export class WatchList {
  readonly #engine: Engine;
  readonly #watchers = new Map<Entry, Set<Watcher>>();
  readonly #hinted = new Map<Entry, number>();
  readonly #ticker: Ticker;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#ticker = new Ticker(engine.clock, policyDefaults.tickMs, () => this.#tick());
  }

  /** From now on the entry is kept and refreshed. The result ends that; idempotent. */
  watch(entry: Entry, watcher: Watcher): () => void {
    const watchers = this.#watchers.get(entry) ?? new Set();
    if (watchers.size === 0) this.#engine.store.pin(entry);
    this.#watchers.set(entry, watchers.add(watcher));
    entry.onChange = () => this.#tell(entry);
    this.#ticker.start();
    return () => this.#unwatch(entry, watcher);
  }

  /** The entry is to be looked at then, watched or not; an earlier moment that is known already stays. */
  lookAt(entry: Entry, moment: number): void {
    const known = this.#hinted.get(entry);
    if (known !== undefined && known <= moment) return;
    this.#hinted.set(entry, moment);
    this.#ticker.start();
  }

  get watched(): Iterable<Entry> {
    return this.#watchers.keys();
  }

  isWatched(entry: Entry): boolean {
    return this.#watchers.has(entry);
  }

  close(): void {
    this.#watchers.clear();
    this.#hinted.clear();
    this.#ticker.stop();
  }

  #unwatch(entry: Entry, watcher: Watcher): void {
    const watchers = this.#watchers.get(entry);
    if (!watchers?.delete(watcher) || watchers.size > 0) return;
    this.#watchers.delete(entry);
    entry.onChange = undefined;
    this.#engine.store.unpin(entry);
    this.#stopIfIdle();
  }

  #tick(): void {
    const now = this.#engine.time.precise();
    for (const [entry, moment] of this.#hinted) {
      if (now < moment) continue;
      this.#hinted.delete(entry);
      // One that was pushed out is nobody's any more: whoever reads the secret next has a new entry.
      if (this.#engine.store.get(entry.key) !== entry) continue;
      if (entry.flight === undefined) fly(this.#engine, entry, { bypassCaches: true, probeFirst: false }).keep();
    }
    for (const entry of this.#watchers.keys()) {
      if (entry.flight === undefined && isDue(this.#engine, entry, now)) {
        fly(this.#engine, entry, { bypassCaches: false, probeFirst: true }).keep();
      }
      this.#tell(entry);
    }
    this.#stopIfIdle();
  }

  #tell(entry: Entry): void {
    for (const watcher of this.#watchers.get(entry) ?? []) watcher();
  }

  #stopIfIdle(): void {
    if (this.#watchers.size === 0 && this.#hinted.size === 0) this.#ticker.stop();
  }
}
