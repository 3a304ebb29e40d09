import { policyDefaults } from "../policy/defaults.ts";

interface Miss {
  readonly at: number;
  readonly refresh: Promise<unknown>;
  endedAt: number;
}

/** Which names' misses have made us look of late: each at most once per 30 s, and all who miss meanwhile share the look. */
export class MissLog {
  readonly #misses = new Map<string, Miss>();

  /**
   * The look of this miss, or one that has not ended before it began; undefined where the last one is not long enough
   * ago.
   *
   * @param run Whether the store was asked since it began; where it was not, the next miss may look.
   */
  refresh(
    name: string,
    startedAt: number,
    now: () => number,
    run: () => Promise<boolean>,
  ): Promise<unknown> | undefined {
    this.#forget(now());
    const known = this.#misses.get(name);
    if (known !== undefined) return known.endedAt < startedAt ? undefined : known.refresh;
    const refresh = run();
    const miss: Miss = { at: now(), refresh, endedAt: Number.POSITIVE_INFINITY };
    const end = () => {
      miss.endedAt = now();
    };
    refresh.then((asked) => {
      end();
      if (!asked && this.#misses.get(name) === miss) this.#misses.delete(name);
    }, end);
    this.#misses.set(name, miss);
    return refresh;
  }

  /** Oldest first, so what is kept is what 30 s can bring. */
  #forget(now: number): void {
    for (const [name, { at, endedAt }] of this.#misses) {
      if (now - at < policyDefaults.missRefreshMs || endedAt > now) return;
      this.#misses.delete(name);
    }
  }
}
