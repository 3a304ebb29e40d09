import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import type { LeaseDesk, Retired } from "../cache/lease-desk.ts";
import { heldOf } from "../state/entry-state.ts";
import { DrainList } from "./drain-list.ts";

/** All leases of an instance: those of the credentials in use, and those that are being drained. */
export class Leases implements LeaseDesk {
  readonly #engine: () => Engine;
  readonly #held = new Set<Entry>();
  readonly #drains: DrainList;
  readonly #onGranted: (entry: Entry) => void;

  /** @param onGranted Told of every entry that holds a credential with a lease. */
  constructor(engine: () => Engine, onGranted: (entry: Entry) => void) {
    this.#engine = engine;
    this.#drains = new DrainList(engine);
    this.#onGranted = onGranted;
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

  /** Nothing more is revoked. What can still be is returned: the leases in use, and those that were to be drained. */
  close(): readonly Retired[] {
    const now = this.#engine().time.precise();
    const inUse = [...this.#held].flatMap((entry): Retired[] => {
      const { tenure, state } = entry;
      const held = heldOf(state);
      if (tenure.kind === "none" || tenure.kind === "over" || held === undefined) return [];
      return [{ entry, grant: tenure.grant, loaded: held.record, endsAt: held.life.staleUntil }];
    });
    const drained = this.#drains.close();
    this.#held.clear();
    return [...inUse, ...drained].filter(({ grant, endsAt }) => grant.id !== undefined && endsAt > now);
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
