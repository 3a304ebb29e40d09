/** Somebody who follows what an entry can give. */
export interface Watcher {
  /** It may have changed. */
  look(now: number): void;
  /** Time alone may change it, although nothing happens to the entry. */
  wantsTicks(): boolean;
}

/** Keeps an entry watched, and no more. */
export function silentWatcher(): Watcher {
  return { look() {}, wantsTicks: () => false };
}
