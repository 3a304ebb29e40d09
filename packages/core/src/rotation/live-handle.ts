import { namedRefusal } from "../cache/accept.ts";
import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import type { Loaded } from "../cache/loaded.ts";
import { outcomeError } from "../cache/outcome-error.ts";
import { peek } from "../cache/peek.ts";
import { tellExpired, tellRejected, tellStale } from "../cache/tell.ts";
import type { Reading } from "../decode/reading.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import { printableName } from "../errors/printable-name.ts";
import type { SecretsError } from "../errors/secrets-error.ts";
import type { Secret } from "../secret/secret.ts";
import type { Held } from "../state/entry-state.ts";
import { Emitter } from "../util/emitter.ts";
import type { LiveSecret } from "./live-secret.ts";
import type { Watcher } from "./watcher.ts";

interface Rotation<T> {
  readonly next: Secret<T>;
  readonly previous: Secret<T> | undefined;
}

/** A record that this handle could read, and until when it may stand in for a newer one that it cannot. */
interface Good {
  readonly loaded: Loaded;
  readonly staleUntil: number;
}

/** What a handle begins with. `shown`: the entry's record then, which its reader may not have been able to use. */
export interface LiveStart<T> {
  readonly secret: Secret<T>;
  readonly good: Good;
  readonly shown: Loaded;
}

/** Follows one entry for one reading. */
export class LiveHandle<T> implements LiveSecret<T> {
  readonly #engine: Engine;
  readonly #entry: Entry;
  readonly #reading: Reading;
  readonly #rotations = new Emitter<Rotation<T>>();
  readonly #end: () => void;
  #current: Secret<T> | undefined;
  #error: SecretsError | undefined;
  #good: Good;
  /** What was looked at last, so that a tick that changes nothing makes nothing. */
  #shown: { readonly loaded: Loaded; readonly stale: SecretsErrorCode | undefined };
  #looks = 0;

  constructor(
    engine: Engine,
    entry: Entry,
    reading: Reading,
    { secret, good, shown }: LiveStart<T>,
    watch: (watcher: Watcher) => () => void,
  ) {
    this.#engine = engine;
    this.#entry = entry;
    this.#reading = reading;
    this.#current = secret;
    this.#good = good;
    this.#shown = { loaded: shown, stale: secret.stale };
    this.#end = watch({
      look: (now) => this.#look(now),
      wantsTicks: () => this.#standsIn,
    });
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

  toString(): string {
    // As for a secret: also through proxies and heirs, which have no private fields.
    return #entry in this
      ? `[live secret ${printableName(this.#entry.ref.name)}: read its current]`
      : "[live secret: read its current]";
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** An older value stands in for what is held: it ends at a moment at which nothing happens to the entry. */
  get #standsIn(): boolean {
    return this.#good.loaded !== this.#shown.loaded;
  }

  #look(now: number): void {
    const glance = peek(this.#engine, this.#entry, now);
    if (glance === undefined) return;
    if ("failure" in glance) {
      const { failure, limit } = glance;
      if (limit) tellExpired(this.#engine, this.#entry, failure.failure);
      this.#fail(outcomeError(failure, limit, this.#entry, 0));
      return;
    }
    const { held, stale } = glance;
    if (stale !== undefined) tellStale(this.#engine, this.#entry, stale, now - held.life.loadedAt);
    if (held.record === this.#good.loaded) this.#good = { loaded: held.record, staleUntil: held.life.staleUntil };
    const { loaded, stale: before } = this.#shown;
    const isShown = this.#current !== undefined && held.record === loaded && stale === before;
    if (!isShown || (this.#standsIn && now >= this.#good.staleUntil)) {
      this.#looks += 1;
      void this.#show(held, stale, this.#looks);
    }
  }

  #fail(error: SecretsError): void {
    this.#looks += 1;
    this.#error = error;
    this.#current = undefined;
  }

  async #show(held: Held<Loaded>, stale: SecretsErrorCode | undefined, look: number): Promise<void> {
    const { record } = held;
    try {
      const secret = (await record.secret(this.#reading, stale)) as Secret<T>;
      // A later look has been faster.
      if (look !== this.#looks) return;
      const previous = this.#current;
      const rotated = !record.isSameVersion(this.#good.loaded);
      this.#take(secret, record, stale);
      this.#good = { loaded: record, staleUntil: held.life.staleUntil };
      if (rotated) this.#rotations.emit({ next: secret, previous });
    } catch (error) {
      if (look === this.#looks) await this.#standIn(record, stale, error as SecretsError, look);
    }
  }

  /** What cannot be read does not take the place of what could, up to `maxStale`. */
  async #standIn(
    refused: Loaded,
    stale: SecretsErrorCode | undefined,
    error: SecretsError,
    look: number,
  ): Promise<void> {
    tellRejected(this.#engine, this.#entry, refused, error.code);
    const { loaded, staleUntil } = this.#good;
    const isGood = loaded !== refused && this.#engine.time.precise() < staleUntil;
    const older = isGood ? await loaded.secret(this.#reading, error.code).catch(() => undefined) : undefined;
    if (look !== this.#looks) return;
    if (older === undefined) this.#fail(namedRefusal(this.#entry, error));
    else this.#take(older as Secret<T>, refused, stale);
  }

  #take(secret: Secret<T>, loaded: Loaded, stale: SecretsErrorCode | undefined): void {
    this.#current = secret;
    this.#error = undefined;
    this.#shown = { loaded, stale };
  }
}
