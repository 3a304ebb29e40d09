import { type Acceptance, accept } from "../cache/accept.ts";
import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import { outcomeError } from "../cache/outcome-error.ts";
import { read } from "../cache/read.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import { isAbsence } from "../policy/failure-class.ts";
import type { Secret } from "../secret/secret.ts";
import { heldOf, troubleOf } from "../state/entry-state.ts";
import { EntryCredential } from "./entry-credential.ts";
import type { Credential, RotationWindow, WindowStage } from "./rotation-window.ts";

/** Finds the entry of a stage; undefined where the source does not promise the stage. */
export type FindEntry = (stage: WindowStage) => Entry | undefined;

/** The window of one secret. Its entries are found anew for each read: an entry may be pushed out at any time. */
export class EntryWindow<T> implements RotationWindow<T> {
  readonly #engine: Engine;
  readonly #find: FindEntry;
  readonly #how: Acceptance;

  /** @param how `refresh`: a reading that refuses a record is not given an older one. */
  constructor(engine: Engine, find: FindEntry, how: Acceptance) {
    this.#engine = engine;
    this.#find = find;
    this.#how = how;
  }

  now(): number {
    return this.#engine.time.precise();
  }

  async read(stage: WindowStage, since?: number): Promise<Credential<T> | undefined> {
    const entry = this.#find(stage);
    if (entry === undefined) return undefined;
    const refresh = since !== undefined && !isAnsweredSince(entry, since);
    const { signal } = this.#how;
    const outcome = await read(this.#engine, entry, { refresh, maxAgeMs: undefined, signal });
    if (outcome === "aborted") {
      throw new SecretsError({ code: "aborted", source: entry.lane.name, secretName: entry.ref.name });
    }
    if ("held" in outcome) {
      const { record } = outcome.held;
      const how = { ...this.#how, refresh: refresh || this.#how.refresh };
      const secret = await accept(this.#engine, entry, record, how, outcome.stale);
      return new EntryCredential(secret as Secret<T>, record);
    }
    // A stage that the secret does not have at this moment; the current one it must have.
    if (stage !== "current" && isAbsence(outcome.failure.failure)) return undefined;
    throw outcomeError(outcome.failure, outcome.limit, entry, outcome.attempts);
  }

  async remembered(): Promise<Credential<T> | undefined> {
    const previous = this.#find("current")?.previous;
    if (previous === undefined || this.now() >= previous.staleUntil) return undefined;
    const secret = await previous.loaded.secret(this.#how.reading, undefined);
    return new EntryCredential(secret as Secret<T>, previous.loaded);
  }
}

function isAnsweredSince({ state }: Entry, since: number): boolean {
  const held = heldOf(state);
  return held !== undefined && troubleOf(state) === undefined && held.life.loadedAt > since;
}
