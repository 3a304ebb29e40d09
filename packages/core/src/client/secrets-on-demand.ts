import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { As } from "../decode/reading.ts";
import type { AcceptCheck } from "../rotation/accept-any.ts";
import type { LiveSecret } from "../rotation/live-secret.ts";
import type { Secret } from "../secret/secret.ts";
import type { SecretsEvent } from "../state/secrets-event.ts";
import { Emitter } from "../util/emitter.ts";
import type { CloseOptions } from "./close-options.ts";
import type { GetSecretOptions } from "./get-secret-options.ts";
import type { Health } from "./health.ts";
import type { HintOptions } from "./hint-options.ts";
import { loadedInstance, loadInstance } from "./load-instance.ts";
import { readHintOptions } from "./read-hint-options.ts";
import { type RequiresSecrets, requireSecret } from "./require-secret.ts";
import type { SecretResult } from "./secret-value.ts";
import type { Secrets } from "./secrets.ts";
import type { SecretsInstance } from "./secrets-instance.ts";
import type { Settings } from "./settings.ts";
import type { SecretStatus } from "./status.ts";
import { unknownSource } from "./unknown-source.ts";

/**
 * An instance whose engine is loaded by the first call that needs it: a program that imports this library, and has not
 * read a secret yet, does not pay for the reading. Calls that come while it is loaded are made in their order.
 */
export class SecretsOnDemand implements Secrets, RequiresSecrets {
  readonly #settings: Settings;
  readonly #emitter = new Emitter<SecretsEvent>();
  #instance: SecretsInstance | undefined;
  #making: Promise<SecretsInstance> | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    const loaded = loadedInstance();
    if (loaded !== undefined) this.#make(loaded);
  }

  getSecret<
    Schema extends StandardSchemaV1 | undefined = undefined,
    Kind extends As | undefined = undefined,
    Optional extends boolean | undefined = undefined,
  >(name: string, options?: GetSecretOptions<Schema, Kind, Optional>): Promise<SecretResult<Schema, Kind, Optional>> {
    // Spelt out, since every hit comes by.
    const instance = this.#instance;
    if (instance !== undefined) return instance.getSecret(name, options);
    return this.#once((made) => made.getSecret(name, options));
  }

  watchSecret(name: string, options?: unknown): Promise<LiveSecret<never>> {
    return this.#once((made) => made.watchSecret(name, options));
  }

  withSecret<Result>(
    name: string,
    operation: (secret: Secret<never>) => Result | Promise<Result>,
    options: unknown,
  ): Promise<Result> {
    return this.#once((made) => made.withSecret(name, operation, options));
  }

  acceptAny(name: string, check: AcceptCheck<never>, options?: unknown): Promise<Secret<never> | undefined> {
    return this.#once((made) => made.acceptAny(name, check, options));
  }

  [requireSecret](name: string, options: object): Promise<Secret<unknown> | undefined> {
    return this.#once((made) => made[requireSecret](name, options));
  }

  hint(name: string, options?: HintOptions): void {
    if (this.#instance !== undefined) {
      this.#instance.hint(name, options);
      return;
    }
    // Nobody has asked for anything, so that there is nothing to look at; a mistake is told all the same.
    const { source = this.#settings.defaultName } = readHintOptions(options);
    const names = this.#settings.sources.map((setting) => setting.name);
    if (source === undefined || !names.includes(source)) throw unknownSource(names, source);
  }

  status(): readonly SecretStatus[] {
    return this.#instance === undefined ? [] : this.#instance.status();
  }

  health(): Health {
    return this.#instance === undefined ? { status: "ok", problems: [] } : this.#instance.health();
  }

  on(listener: (event: SecretsEvent) => void): () => void {
    return this.#emitter.on(listener);
  }

  close(options?: CloseOptions): Promise<void> {
    return this.#once((made) => made.close(options));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** At once where the engine is here. A failure to load it is not kept: the next call tries again. */
  #once<Result>(call: (made: SecretsInstance) => Promise<Result>): Promise<Result> {
    if (this.#instance !== undefined) return call(this.#instance);
    this.#making ??= loadInstance().then(
      (loaded) => this.#instance ?? this.#make(loaded),
      (error: unknown) => {
        this.#making = undefined;
        throw error;
      },
    );
    return this.#making.then(call);
  }

  #make(loaded: typeof SecretsInstance): SecretsInstance {
    this.#instance = new loaded(this.#settings, this.#emitter);
    return this.#instance;
  }
}
