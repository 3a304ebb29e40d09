import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import { fly } from "../cache/fly.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { heldOf, troubleOf } from "../state/entry-state.ts";

interface Look {
  /** When somebody has said that it changed. */
  readonly since: number;
  /** Not before. */
  readonly at: number;
  /** Where in their spread, of those that were given one: drawn once, as the least of many draws would be no spread. */
  readonly share: number | undefined;
}

/**
 * Entries of which somebody says that they have changed. Each is asked for at once where that may be, else as soon as it
 * may: a call that is under way was perhaps answered before the change, and one entry is asked for once a second at most.
 */
export class Looks {
  readonly #engine: Engine;
  readonly #open = new Map<Entry, Look>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  get isEmpty(): boolean {
    return this.#open.size === 0;
  }

  /** @param spreadMs A random moment within it will do; where it was to be looked at earlier, that stays. */
  add(entry: Entry, spreadMs = 0): void {
    // To look would be to mint: what is made for us does not change by itself.
    if (entry.lane.mints(entry.ref) || heldOf(entry.state)?.life.leased) return;
    const open = this.#open.get(entry);
    const since = this.#engine.time.precise();
    const share = spreadMs > 0 ? (open?.share ?? this.#engine.random()) : open?.share;
    const at = Math.min(since + (share ?? 0) * spreadMs, open?.at ?? Number.POSITIVE_INFINITY);
    const look = { since, at, share };
    this.#open.set(entry, look);
    this.#try(entry, look, since);
  }

  tick(now: number): void {
    for (const [entry, look] of this.#open) this.#try(entry, look, now);
  }

  clear(): void {
    this.#open.clear();
  }

  #try(entry: Entry, { since, at }: Look, now: number): void {
    if (now < at || entry.flight !== undefined) return;
    // One that was pushed out is nobody's any more: whoever reads the secret next has a new entry.
    if (!this.#engine.store.holds(entry) || isAnswered(entry, since)) this.#open.delete(entry);
    else if (mayAsk(entry, now)) {
      this.#open.delete(entry);
      fly(this.#engine, entry, { bypassCaches: true, probeFirst: false }).keep();
    }
  }
}

/** The store was asked for it after that. */
function isAnswered({ state }: Entry, since: number): boolean {
  const held = heldOf(state);
  return held !== undefined && troubleOf(state) === undefined && held.life.loadedAt > since;
}

/** As for a forced refresh: past the backoff of its own failures, but not into an outage or a throttling. */
function mayAsk({ state, lane }: Entry, now: number): boolean {
  const held = heldOf(state);
  const trouble = troubleOf(state);
  const askedAt = Math.max(held?.life.askedAt ?? Number.NEGATIVE_INFINITY, trouble?.at ?? Number.NEGATIVE_INFINITY);
  if (now - askedAt < policyDefaults.refreshJoinMs) return false;
  if (trouble?.failure.failure === "throttled" && now < trouble.nextTryAt) return false;
  return lane.outage(now)?.tryDue !== false;
}
