import { type Acceptance, accept } from "../cache/accept.ts";
import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import type { Loaded } from "../cache/loaded.ts";
import { outcomeError } from "../cache/outcome-error.ts";
import { peek } from "../cache/peek.ts";
import type { Reading } from "../decode/reading.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import type { SecretsError } from "../errors/secrets-error.ts";
import type { Secret } from "../secret/secret.ts";
import { Emitter } from "../util/emitter.ts";
import type { LiveSecret } from "./live-secret.ts";

interface Rotation<T> {
  readonly next: Secret<T>;
  readonly previous: Secret<T> | undefined;
}

/** Follows one entry for one reading. */
export class LiveHandle<T> implements LiveSecret<T> {
  readonly #engine: Engine;
  readonly #entry: Entry;
  readonly #how: Acceptance;
  readonly #rotations = new Emitter<Rotation<T>>();
  readonly #end: () => void;
  #current: Secret<T> | undefined;
  #error: SecretsError | undefined;
  /** What `current` was made from, so that a tick that changes nothing makes nothing. */
  #shown: { readonly loaded: Loaded; readonly stale: SecretsErrorCode | undefined };
  #looks = 0;

  constructor(
    engine: Engine,
    entry: Entry,
    reading: Reading,
    first: { readonly secret: Secret<T>; readonly loaded: Loaded },
    watch: (watcher: () => void) => () => void,
  ) {
    this.#engine = engine;
    this.#entry = entry;
    this.#how = { reading, refresh: false, signal: undefined };
    this.#current = first.secret;
    this.#shown = { loaded: first.loaded, stale: first.secret.stale };
    this.#end = watch(() => this.#look());
  }

  get current(): Secret<T> {
    const current = this.#current;
    if (current !== undefined) return current;
    throw this.#error ?? outcomeError({ failure: "unknown" }, false, this.#entry, 0);
  }

  onRotate(listener: (next: Secret<T>, previous: Secret<T> | undefined) => void): () => void {
    return this.#rotations.on(({ next, previous }) => listener(next, previous));
  }

  close(): void {
    this.#looks += 1;
    this.#end();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #look(): void {
    const glance = peek(this.#engine, this.#entry, this.#engine.time.precise());
    if (glance === undefined) return;
    this.#looks += 1;
    if ("failure" in glance) {
      this.#error = outcomeError(glance.failure, glance.limit, this.#entry, 0);
      this.#current = undefined;
      return;
    }
    const { held, stale } = glance;
    if (this.#current !== undefined && held.record === this.#shown.loaded && stale === this.#shown.stale) return;
    void this.#show(held.record, stale, this.#looks);
  }

  async #show(loaded: Loaded, stale: SecretsErrorCode | undefined, look: number): Promise<void> {
    try {
      const secret = (await accept(this.#engine, this.#entry, loaded, this.#how, stale)) as Secret<T>;
      // A later look has been faster.
      if (look !== this.#looks) return;
      const previous = this.#current;
      const rotated = !loaded.isSameVersion(this.#shown.loaded) && secret.version === loaded.version;
      this.#current = secret;
      this.#error = undefined;
      this.#shown = { loaded, stale };
      if (rotated) this.#rotations.emit({ next: secret, previous });
    } catch (error) {
      if (look !== this.#looks) return;
      this.#error = error as SecretsError;
      this.#current = undefined;
    }
  }
}
