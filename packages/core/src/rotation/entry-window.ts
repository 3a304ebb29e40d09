import { type Acceptance, accept } from "../cache/accept.ts";
import type { Engine } from "../cache/engine.ts";
import type { Entry } from "../cache/entry.ts";
import { outcomeError } from "../cache/outcome-error.ts";
import { read } from "../cache/read.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import { isAbsence } from "../policy/failure-class.ts";
import type { Secret } from "../secret/secret.ts";
import { EntryCredential } from "./entry-credential.ts";
import type { Credential, RotationWindow, WindowStage } from "./rotation-window.ts";

/** The window of one secret, by the entries of its stages; those that no source has are undefined. */
export class EntryWindow<T> implements RotationWindow<T> {
  readonly #engine: Engine;
  readonly #entries: Readonly<Record<WindowStage, Entry | undefined>>;
  readonly #how: Acceptance;

  constructor(engine: Engine, entries: Readonly<Record<WindowStage, Entry | undefined>>, how: Acceptance) {
    this.#engine = engine;
    this.#entries = entries;
    this.#how = how;
  }

  async read(stage: WindowStage, { refresh }: { readonly refresh: boolean }): Promise<Credential<T> | undefined> {
    const entry = this.#entries[stage];
    if (entry === undefined) return undefined;
    const { signal } = this.#how;
    const outcome = await read(this.#engine, entry, { refresh, maxAgeMs: undefined, signal });
    if (outcome === "aborted") {
      throw new SecretsError({ code: "aborted", source: entry.lane.name, secretName: entry.ref.name });
    }
    if ("held" in outcome) {
      const { record } = outcome.held;
      const secret = await accept(this.#engine, entry, record, { ...this.#how, refresh }, outcome.stale);
      return new EntryCredential(secret as Secret<T>, record);
    }
    // A stage that the secret does not have at this moment; the current one it must have.
    if (stage !== "current" && isAbsence(outcome.failure.failure)) return undefined;
    throw outcomeError(outcome.failure, outcome.limit, entry, outcome.attempts);
  }

  async remembered(): Promise<Credential<T> | undefined> {
    const loaded = this.#entries.current?.previous?.loaded;
    if (loaded === undefined) return undefined;
    const secret = await loaded.secret(this.#how.reading, undefined);
    return new EntryCredential(secret as Secret<T>, loaded);
  }
}
