/** Who waits to hear of changes. */
export class MockWatchers {
  readonly #watching = new Map<string, Set<() => void>>();

  /** Until the signal is aborted. */
  async watch(name: string, changed: () => void, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const watcher = () => changed();
    const watchers = this.#watching.get(name) ?? new Set();
    this.#watching.set(name, watchers.add(watcher));
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    watchers.delete(watcher);
  }

  announce(name: string): number {
    const watchers = [...(this.#watching.get(name) ?? [])];
    for (const changed of watchers) changed();
    return watchers.length;
  }
}
