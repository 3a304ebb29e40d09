import type { Clock, Timer } from "../time/clock.ts";
import type { FolderWatches } from "./folder-watches.ts";
import { fsCode } from "./fs-failures.ts";
import { type FolderOnPath, foldersOnPath, type WatchedPath } from "./watched-path.ts";

const gatherMs = 50;
const mostRounds = 10;

export interface PathWatchContext {
  readonly folders: FolderWatches;
  readonly clock: Clock;
  /** Where the secret is to be found now. */
  readonly where: () => WatchedPath | Promise<WatchedPath>;
  readonly changed: () => void;
  readonly ended: () => void;
}

/**
 * Watches every folder on the way to one secret, so that a swap, a replaced file and a replaced folder are all seen, and
 * looks for the folders again when one of them goes. What happens within 50 ms is one report.
 */
export class PathWatch {
  readonly #context: PathWatchContext;
  /** The folders that are watched; undefined where one of them is known to be lost. */
  #watched: string | undefined;
  #stops: (() => void)[] = [];
  #gathering: Timer | undefined;
  #looking: Promise<void> | undefined;
  #isOver = false;

  constructor(context: PathWatchContext) {
    this.#context = context;
  }

  /** Begins; ends by itself where the system cannot watch. */
  start(): void {
    void this.#look();
  }

  async settled(): Promise<void> {
    while (this.#looking !== undefined) await this.#looking;
  }

  /** Looks whether the folders are still those that are watched, and reports it if not. */
  async check(): Promise<void> {
    const before = this.#watched;
    await this.#look();
    if (!this.#isOver && this.#watched !== before) this.#context.changed();
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#gathering?.cancel();
    this.#stop();
    this.#context.ended();
  }

  #look(): Promise<void> {
    this.#looking ??= this.#follow()
      .catch(() => this.end())
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }

  async #follow(): Promise<void> {
    // Again after each new watch: a folder may have come between the look and the watch.
    let seen: string | undefined;
    for (let round = 0; round < mostRounds; round += 1) {
      const folders = await foldersOnPath(await this.#context.where());
      const key = folders.map(({ folder, identity }) => `${folder}\0${identity}`).join("\n");
      const changes = folders.map(({ changedAt }) => changedAt).join();
      // What happened between the look and the watch, the watch has not seen.
      if (seen !== undefined && changes !== seen) this.#gather();
      if (this.#isOver || key === this.#watched) return;
      seen = changes;
      this.#stop();
      if (folders.every((folder) => this.#watch(folder))) this.#watched = key;
    }
  }

  /** False where the folder went this moment. */
  #watch({ folder, identity, next }: FolderOnPath): boolean {
    const listener = {
      // `..data` is the link by which a volume changes, whatever the names in it.
      entry: (name: string | undefined) => {
        if (name === undefined || name === next || name === "..data") this.#gather();
      },
      gone: () => {
        this.#watched = undefined;
        this.#gather();
      },
      failed: () => this.end(),
    };
    try {
      this.#stops.push(this.#context.folders.watch(folder, identity, listener));
      return true;
    } catch (error) {
      if (fsCode(error) === "ENOENT" || fsCode(error) === "ENOTDIR") return false;
      throw error;
    }
  }

  #gather(): void {
    if (this.#isOver) return;
    this.#gathering ??= this.#context.clock.setTimer(() => {
      this.#gathering = undefined;
      void this.#report();
    }, gatherMs);
  }

  async #report(): Promise<void> {
    // A look that began before may have been too early.
    await this.#looking;
    await this.#look();
    if (!this.#isOver) this.#context.changed();
  }

  #stop(): void {
    this.#watched = undefined;
    for (const stop of this.#stops.splice(0)) stop();
  }
}
