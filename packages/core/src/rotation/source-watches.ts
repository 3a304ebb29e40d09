import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import type { SourcePort } from "../fetch/source-port.ts";
import { SourceWatch } from "./source-watch.ts";

/** What the sources themselves tell of changes: one watch for each source and name, while somebody wants to hear it. */
export class SourceWatches {
  readonly #engine: Engine;
  readonly #watches = new Map<SourcePort, Map<string, SourceWatch>>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Tells of every report about the entry's name, by whichever of its sources. The result ends that; idempotent. */
  listen({ lane, ref }: Entry, listener: () => void): () => void {
    const ports = lane.ports.filter(({ watches }) => watches);
    for (const port of ports) {
      const watch = this.#watchOf(port, ref.name);
      watch.add(listener);
      watch.tick(this.#engine.time.precise());
    }
    return () => {
      for (const port of ports) this.#leave(port, ref.name, listener);
    };
  }

  /** Begins again what has ended. */
  tick(now: number): void {
    for (const watch of this.#all()) watch.tick(now);
  }

  close(): void {
    for (const watch of this.#all()) watch.end();
    this.#watches.clear();
  }

  #watchOf(port: SourcePort, name: string): SourceWatch {
    const named = this.#watches.get(port) ?? new Map<string, SourceWatch>();
    const watch = named.get(name) ?? new SourceWatch(this.#engine, port, name);
    this.#watches.set(port, named.set(name, watch));
    return watch;
  }

  #leave(port: SourcePort, name: string, listener: () => void): void {
    const named = this.#watches.get(port);
    const watch = named?.get(name);
    if (watch === undefined) return;
    watch.remove(listener);
    if (watch.hasListeners) return;
    named?.delete(name);
    watch.end();
  }

  *#all(): Generator<SourceWatch> {
    for (const named of this.#watches.values()) yield* named.values();
  }
}
