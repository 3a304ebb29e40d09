import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import { fly } from "../cache/fly.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { Ticker } from "../schedule/ticker.ts";
import { isCalm, isDue } from "./is-due.ts";
import { Looks } from "./looks.ts";
import { SourceWatches } from "./source-watches.ts";
import type { Watcher } from "./watcher.ts";

interface Watched {
  readonly watchers: Set<Watcher>;
  readonly stopListening: () => void;
}

/**
 * All entries that are watched, on one timer: each is asked for again when its refresh is due, whether or not anybody
 * reads it, and when its source or anybody else says that it has changed. Watchers of one entry share its calls.
 */
export class WatchList {
  readonly #engine: Engine;
  readonly #watched = new Map<Entry, Watched>();
  readonly #attended = new Set<Entry>();
  readonly #looks: Looks;
  readonly #sourceWatches: SourceWatches;
  readonly #ticker: Ticker;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#looks = new Looks(engine);
    this.#sourceWatches = new SourceWatches(engine);
    this.#ticker = new Ticker(engine.clock, policyDefaults.tickMs, () => this.#tick());
  }

  /** From now on the entry is kept and refreshed. The result ends that; idempotent. */
  watch(entry: Entry, watcher: Watcher): () => void {
    const { watchers } = this.#watched.get(entry) ?? this.#begin(entry);
    watchers.add(watcher);
    this.#ticker.start();
    return () => this.#unwatch(entry, watcher);
  }

  /** Somebody says that the entry has changed, watched or not. */
  hint(entry: Entry, spreadMs: number): void {
    this.#looks.add(entry, spreadMs);
    if (!this.#looks.isEmpty) this.#ticker.start();
  }

  /** Nobody follows its value, and yet its lease is kept: from now on, while it has one. */
  attend(entry: Entry): void {
    this.#attended.add(entry);
    this.#ticker.start();
  }

  isWatched(entry: Entry): boolean {
    return this.#watched.has(entry);
  }

  close(): void {
    this.#sourceWatches.close();
    this.#watched.clear();
    this.#attended.clear();
    this.#looks.clear();
    this.#ticker.stop();
  }

  #begin(entry: Entry): Watched {
    this.#engine.store.pin(entry);
    const stopListening = this.#sourceWatches.listen(entry, () => this.hint(entry, 0));
    const watched = { watchers: new Set<Watcher>(), stopListening };
    this.#watched.set(entry, watched);
    entry.onChange = () => tell(watched, this.#engine.time.precise());
    return watched;
  }

  #unwatch(entry: Entry, watcher: Watcher): void {
    const watched = this.#watched.get(entry);
    if (!watched?.watchers.delete(watcher) || watched.watchers.size > 0) return;
    this.#watched.delete(entry);
    watched.stopListening();
    entry.onChange = undefined;
    this.#engine.store.unpin(entry);
    this.#stopIfIdle();
  }

  #tick(): void {
    const now = this.#engine.time.precise();
    this.#sourceWatches.tick(now);
    this.#looks.tick(now);
    this.#engine.leases.passBy(now);
    for (const entry of this.#attended) {
      if (entry.tenure.kind !== "none" && !this.#watched.has(entry)) this.#refresh(entry, now);
    }
    for (const [entry, watched] of this.#watched) {
      if (isCalm(entry, now) && !wantsTicks(watched)) continue;
      this.#refresh(entry, now);
      tell(watched, now);
    }
    this.#stopIfIdle();
  }

  #refresh(entry: Entry, now: number): void {
    if (entry.flight !== undefined || !isDue(this.#engine, entry, now)) return;
    fly(this.#engine, entry, { bypassCaches: false, probeFirst: true }).keep();
  }

  #stopIfIdle(): void {
    if (this.#watched.size + this.#attended.size === 0 && this.#looks.isEmpty) this.#ticker.stop();
  }
}

function tell({ watchers }: Watched, now: number): void {
  for (const watcher of watchers) watcher.look(now);
}

function wantsTicks({ watchers }: Watched): boolean {
  for (const watcher of watchers) if (watcher.wantsTicks()) return true;
  return false;
}
