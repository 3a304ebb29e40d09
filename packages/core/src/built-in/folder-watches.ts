import { type FSWatcher, watch } from "node:fs";
import { basename } from "node:path";

/** Who wants to know what happens in a folder. */
export interface FolderListener {
  /** Something happened to this entry; undefined where the system does not say to which. */
  entry(name: string | undefined): void;
  /** The folder itself was removed, moved or unmounted: nothing more will come from it. */
  gone(): void;
  /** The system cannot watch it any longer. */
  failed(): void;
}

interface Shared {
  readonly watcher: FSWatcher;
  readonly listeners: Set<FolderListener>;
}

/**
 * The folders that one source watches, each once however many secrets lie in it. Always the folder and never the file:
 * a watch on a file follows what was there first, and is deaf once another has taken its place.
 */
export class FolderWatches {
  readonly #open = new Map<string, Shared>();

  /**
   * @param identity Tells the folder from another that will take its place.
   * @returns Ends it. Idempotent.
   * @throws What `fs.watch` throws.
   */
  watch(folder: string, identity: string, listener: FolderListener): () => void {
    const key = `${folder}\0${identity}`;
    const shared = this.#open.get(key) ?? this.#start(folder, key);
    shared.listeners.add(listener);
    return () => {
      shared.listeners.delete(listener);
      if (shared.listeners.size === 0) this.#close(key, shared);
    };
  }

  #start(folder: string, key: string): Shared {
    // Not persistent: a watch never keeps a program from ending.
    const watcher = watch(folder, { persistent: false });
    const shared: Shared = { watcher, listeners: new Set() };
    const tell = (what: (listener: FolderListener) => void) => {
      for (const listener of [...shared.listeners]) what(listener);
    };
    watcher.on("change", (event, entry) => {
      const name = entry === null ? undefined : String(entry);
      // The folder's own end has the folder's own name; an entry of that name only costs a new watch.
      const isGone = event === "rename" && name === basename(folder);
      if (isGone) this.#close(key, shared);
      tell((listener) => (isGone ? listener.gone() : listener.entry(name)));
    });
    watcher.on("error", () => {
      this.#close(key, shared);
      tell((listener) => listener.failed());
    });
    this.#open.set(key, shared);
    return shared;
  }

  #close(key: string, shared: Shared): void {
    if (this.#open.get(key) === shared) this.#open.delete(key);
    shared.watcher.close();
  }
}
