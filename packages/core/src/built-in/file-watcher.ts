import { Ticker } from "../schedule/ticker.ts";
import type { Clock } from "../time/clock.ts";
import { FolderWatches } from "./folder-watches.ts";
import { PathWatch } from "./path-watch.ts";
import type { WatchedPath } from "./watched-path.ts";

const checkEveryMs = 10_000;

/**
 * The watches of one source. Once in 10 s they look whether a folder was replaced unseen: above the source's own nobody
 * watches, and a mount over a folder is no event.
 */
export class FileWatcher {
  readonly #clock: Clock;
  readonly #folders = new FolderWatches();
  readonly #watches = new Set<PathWatch>();
  readonly #ticker: Ticker;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#ticker = new Ticker(clock, checkEveryMs, () => {
      for (const watch of this.#watches) void watch.check();
    });
  }

  /** When no look at the folders is under way. */
  async settled(): Promise<void> {
    await Promise.all([...this.#watches].map((watch) => watch.settled()));
  }

  /**
   * Calls `changed` whenever the file may have changed, until the signal is aborted or the system cannot watch (a limit,
   * a network file system, a denial). Never rejects.
   */
  watch(where: () => WatchedPath | Promise<WatchedPath>, changed: () => void, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const ended = () => {
        signal.removeEventListener("abort", end);
        this.#watches.delete(watch);
        if (this.#watches.size === 0) this.#ticker.stop();
        resolve();
      };
      const watch = new PathWatch({ folders: this.#folders, clock: this.#clock, where, changed, ended });
      const end = () => watch.end();
      signal.addEventListener("abort", end, { once: true });
      this.#watches.add(watch);
      this.#ticker.start();
      watch.start();
    });
  }
}
