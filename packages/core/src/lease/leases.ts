import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import type { LeaseDesk, Retired } from "../cache/lease-desk.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { heldOf } from "../state/entry-state.ts";
import { DrainList } from "./drain-list.ts";
import { revokeAll, unrevokedError } from "./revoke-all.ts";

const { maxEntries } = policyDefaults;

/** All leases of an instance: those of the credentials in use, and those that are being drained. */
export class Leases implements LeaseDesk {
  readonly #engine: () => Engine;
  readonly #held = new Set<Entry>();
  readonly #arriving = new Set<Entry>();
  readonly #drains: DrainList;
  readonly #onGranted: (entry: Entry) => void;
  #last: readonly Retired[] = [];
  #revoked: Promise<void> | undefined;

  /** @param onGranted Told of every entry that holds a credential with a lease. */
  constructor(engine: () => Engine, onGranted: (entry: Entry) => void) {
    this.#engine = engine;
    this.#drains = new DrainList(engine);
    this.#onGranted = onGranted;
  }

  arriving(entry: Entry): boolean {
    if (!this.#held.has(entry) && !this.#isWanted(entry) && this.#isFull()) return false;
    this.#arriving.add(entry);
    return true;
  }

  left(entry: Entry): void {
    this.#arriving.delete(entry);
  }

  nextEndMs(): number {
    const now = this.#engine().time.precise();
    let soonest = Number.POSITIVE_INFINITY;
    for (const { state } of this.#held) soonest = Math.min(soonest, heldOf(state)?.life.staleUntil ?? now);
    return Math.max(0, soonest - now);
  }

  /** While its lease lasts nothing pushes the entry out: a new credential costs the store more than memory costs us. */
  granted(entry: Entry): void {
    this.#letGo();
    if (!this.#held.has(entry)) this.#engine().store.pin(entry);
    this.#held.add(entry);
    this.#onGranted(entry);
  }

  retired(lease: Retired): void {
    this.#drains.add(lease);
  }

  passBy(now: number): void {
    this.#drains.run(now);
  }

  /** When something is to be done that no timer waits for; `Infinity`: never. */
  get nextAt(): number {
    return this.#drains.nextAt;
  }

  /** Nothing more is revoked by itself. What can still be is kept: the leases in use, and those that were to be drained. */
  close(): void {
    const now = this.#engine().time.precise();
    const inUse = [...this.#held].flatMap((entry): Retired[] => {
      const { tenure, state } = entry;
      const held = heldOf(state);
      if (tenure.kind === "none" || tenure.kind === "over" || held === undefined) return [];
      return [{ entry, grant: tenure.grant, loaded: held.record, endsAt: held.life.staleUntil }];
    });
    const drained = this.#drains.close();
    this.#held.clear();
    this.#last = [...inUse, ...drained].filter(({ grant, endsAt }) => grant.id !== undefined && endsAt > now);
  }

  /**
   * Revokes what was there at the close; once, however often it is asked for. Of sources that are closed by then some can,
   * and others say that they cannot.
   *
   * @throws SecretsError of the first one that could not be revoked.
   */
  revokeLast(): Promise<void> {
    this.#revoked ??= this.#revokeLast();
    return this.#revoked;
  }

  async #revokeLast(): Promise<void> {
    const { clock, time } = this.#engine();
    const now = time.precise();
    const unrevoked = await revokeAll(
      this.#last.filter(({ endsAt }) => endsAt > now),
      clock,
    );
    if (unrevoked.length > 0) throw unrevokedError(unrevoked);
  }

  #isFull(): boolean {
    if (this.#held.size + this.#arriving.size < maxEntries) return false;
    this.#letGo();
    let counted = 0;
    for (const entry of new Set([...this.#held, ...this.#arriving])) if (!this.#isWanted(entry)) counted += 1;
    return counted >= maxEntries;
  }

  /** By somebody besides us, as those are that are watched or required. */
  #isWanted(entry: Entry): boolean {
    return entry.pins > (this.#held.has(entry) ? 1 : 0);
  }

  /** Those whose leases are over may be pushed out again. */
  #letGo(): void {
    const { time, store } = this.#engine();
    const now = time.precise();
    for (const entry of this.#held) {
      const life = heldOf(entry.state)?.life;
      if (entry.flight !== undefined || (life?.leased && now < life.staleUntil)) continue;
      this.#held.delete(entry);
      store.unpin(entry);
    }
  }
}
