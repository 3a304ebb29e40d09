import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Engine } from "../cache/engine.ts";
import { Entry } from "../cache/entry.ts";
import { EntryStore } from "../cache/entry-store.ts";
import type { As } from "../decode/reading.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import type { Lane } from "../fetch/lane.ts";
import { Leases } from "../lease/leases.ts";
import { cacheKey } from "../policy/cache-key.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { nameProblem } from "../policy/secret-name.ts";
import type { AcceptCheck } from "../rotation/accept-any.ts";
import type { FindEntry } from "../rotation/entry-window.ts";
import type { LiveSecret } from "../rotation/live-secret.ts";
import type { Secret } from "../secret/secret.ts";
import type { VersionSelector } from "../source/secret-ref.ts";
import type { SecretsEvent } from "../state/secrets-event.ts";
import { InstanceTime } from "../time/instance-time.ts";
import { Emitter } from "../util/emitter.ts";
import { type CloseOptions, readCloseOptions } from "./close-options.ts";
import { closeSources } from "./close-sources.ts";
import { closedError } from "./closed-error.ts";
import type { GetSecretOptions } from "./get-secret-options.ts";
import { type Health, healthOf } from "./health.ts";
import type { HintOptions } from "./hint-options.ts";
import { makeLanes } from "./make-lanes.ts";
import { publish } from "./publish.ts";
import { readHintOptions } from "./read-hint-options.ts";
import { type ReadRequest, readRequest } from "./read-request.ts";
import { readAcceptOptions, readWatchOptions, readWithOptions } from "./read-rotation-options.ts";
import { readSecret } from "./read-secret.ts";
import { requireSecret } from "./require-secret.ts";
import { Rotations } from "./rotations.ts";
import type { SecretResult } from "./secret-value.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { type SecretStatus, statusOf } from "./status.ts";
import { unknownSource } from "./unknown-source.ts";

export class SecretsInstance implements Secrets {
  readonly #settings: Settings;
  readonly #engine: Engine;
  readonly #emitter: Emitter<SecretsEvent>;
  readonly #lanes: ReadonlyMap<string, Lane>;
  readonly #defaultLane: Lane | undefined;
  readonly #store: EntryStore;
  readonly #time: InstanceTime;
  readonly #rotations: Rotations;
  readonly #leases: Leases;
  readonly #controller = new AbortController();
  #closing: Promise<void> | undefined;
  /** Whether somebody has said by now that the leases are to be revoked. */
  #revokes = false;

  /** @param emitter May have listeners already. */
  constructor(settings: Settings, emitter = new Emitter<SecretsEvent>()) {
    const { clock, random } = settings;
    this.#emitter = emitter;
    this.#settings = settings;
    this.#time = new InstanceTime(clock);
    this.#store = new EntryStore(settings.limits ?? policyDefaults);
    // A listener like any other: what a listener causes is published after what it heard.
    this.#emitter.on(publish);
    const tell = (event: SecretsEvent) => {
      // A reader may still be at its schema: `closed` is the last that is told.
      if (event.type === "closed" || !this.#controller.signal.aborted) this.#emitter.emit(event);
    };
    this.#leases = new Leases(
      () => this.#engine,
      (entry) => this.#attend(entry),
    );
    const { signal: closing } = this.#controller;
    this.#engine = { clock, time: this.#time, random, store: this.#store, leases: this.#leases, closing, tell };
    this.#rotations = new Rotations(this.#engine);
    this.#lanes = makeLanes(settings.sources, this.#engine);
    this.#defaultLane = settings.defaultName === undefined ? undefined : this.#lanes.get(settings.defaultName);
  }

  getSecret<
    Schema extends StandardSchemaV1 | undefined = undefined,
    Kind extends As | undefined = undefined,
    Optional extends boolean | undefined = undefined,
  >(name: string, options?: GetSecretOptions<Schema, Kind, Optional>): Promise<SecretResult<Schema, Kind, Optional>> {
    type Result = Promise<SecretResult<Schema, Kind, Optional>>;
    if (options === undefined && this.#closing === undefined) {
      const entry = this.#store.get(name);
      if (entry !== undefined && entry.plain !== undefined && this.#time.now() < entry.plainUntil)
        return entry.plain as Result;
    }
    return this.#read(name, options) as Result;
  }

  async watchSecret(name: string, options?: unknown): Promise<LiveSecret<never>> {
    const { request, verify } = readWatchOptions(options);
    const entry = this.#find(name, request);
    const live = await this.#untilClosed(entry, this.#rotations.watch(entry, request, verify));
    return live as LiveSecret<never>;
  }

  async withSecret<Result>(
    name: string,
    operation: (secret: Secret<never>) => Result | Promise<Result>,
    options: unknown,
  ): Promise<Result> {
    const { request, isAuthError } = readWithOptions(operation, options);
    return this.#rotations.withSecret(this.#stages(name, request), request, operation, isAuthError);
  }

  async acceptAny(name: string, check: AcceptCheck<never>, options?: unknown): Promise<Secret<never> | undefined> {
    const { request, pending } = readAcceptOptions(check, options);
    const accepted = await this.#rotations.acceptAny(this.#stages(name, request), request, check, pending);
    return accepted as Secret<never> | undefined;
  }

  hint(name: string, options?: HintOptions): void {
    const { source, rejected, spreadMs } = readHintOptions(options);
    if (this.#closing !== undefined) return;
    const lane = this.#lane(source);
    if (nameProblem(name) !== undefined) return;
    // All of them before the first look, which moves them about in the store.
    const stages = (["current", "previous", "pending"] as const).map((stage) => this.#key(lane, name, stage));
    for (const entry of this.#store.named(stages, lane, name)) this.#rotations.hint(entry, rejected, spreadMs);
  }

  status(): readonly SecretStatus[] {
    const now = this.#time.precise();
    return [...this.#store.all()].map((entry) => statusOf(entry, now));
  }

  health(): Health {
    const required = [...this.#store.all()].filter((entry) => entry.required || this.#rotations.isWatched(entry));
    return healthOf(required, this.#time.precise());
  }

  [requireSecret](name: string, options: object): Promise<Secret<unknown> | undefined> {
    return this.#read(name, options, true);
  }

  on(listener: (event: SecretsEvent) => void): () => void {
    return this.#emitter.on(listener);
  }

  close(options?: CloseOptions): Promise<void> {
    try {
      const { revoke } = readCloseOptions(options);
      if (revoke) this.#revokes = true;
      this.#closing ??= this.#close();
      return revoke ? this.#closing.finally(() => this.#leases.revokeLast()) : this.#closing;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #read(name: string, options: unknown, required = false): Promise<Secret<unknown> | undefined> {
    const request = readRequest(options);
    const entry = this.#find(name, request);
    if (required && !entry.required) {
      entry.required = true;
      this.#store.pin(entry);
    }
    const secret = await this.#untilClosed(entry, readSecret(this.#engine, entry, request));
    if (required) this.#attend(entry);
    if (options === undefined && secret !== undefined) this.#remember(entry, secret as Secret<string>);
    return secret;
  }

  /** Whatever comes of it after `close()` is `closed`. */
  #untilClosed<T>({ lane, ref }: Entry, result: Promise<T>): Promise<T> {
    const closed = () => closedError(lane.name, ref.name);
    return result.then(
      (value) => {
        if (this.#closing !== undefined) throw closed();
        return value;
      },
      (error: unknown) => {
        throw this.#closing === undefined ? error : closed();
      },
    );
  }

  #find(name: string, request: ReadRequest): Entry {
    if (this.#closing !== undefined) throw closedError();
    const lane = this.#lane(request.source);
    const problem = nameProblem(name);
    if (problem !== undefined) throw new SecretsError({ code: "invalid-request", source: lane.name, advice: problem });
    if (request.signal?.aborted) throw new SecretsError({ code: "aborted", source: lane.name, secretName: name });
    return this.#entry(lane, name, request);
  }

  /** The entries of a secret's rotation window, for the stages that the source promises. */
  #stages(name: string, request: ReadRequest): FindEntry {
    const { ports } = this.#lane(request.source);
    return (stage) => {
      const promised = ports.every(({ source }) => source.traits.stages.includes(stage));
      return promised ? this.#find(name, { ...request, version: stage }) : undefined;
    };
  }

  /** From here on a reader without options is answered without a look at anything else, until the refresh point. */
  #remember(entry: Entry, secret: Secret<string>): void {
    const { state } = entry;
    if (state.kind !== "held" || secret.stale !== undefined || entry.plain !== undefined) return;
    if (secret.version !== state.held.record.version || secret.fetchedAt !== state.held.record.fetchedAt) return;
    entry.plain = Promise.resolve(secret);
    entry.plainUntil = Math.min(state.held.life.refreshAt, this.#leases.nextAt);
  }

  #attend(entry: Entry): void {
    if (entry.required && entry.tenure.kind !== "none" && this.#closing === undefined) this.#rotations.attend(entry);
  }

  #lane(name: string | undefined): Lane {
    const lane = name === undefined ? this.#defaultLane : this.#lanes.get(name);
    if (lane !== undefined) return lane;
    throw unknownSource(this.#lanes.keys(), name);
  }

  #entry(lane: Lane, name: string, request: ReadRequest): Entry {
    const key = this.#key(lane, name, request.version);
    return this.#store.get(key) ?? new Entry(key, lane, { name, version: request.version });
  }

  /** The plainest is the name itself, so that a hit has nothing to build. */
  #key(lane: Lane, name: string, version: VersionSelector): string {
    return lane === this.#defaultLane && version === "current" ? name : cacheKey(lane.name, name, version);
  }

  async #close(): Promise<void> {
    // The flag is set by the caller's assignment; what is under way ends after it.
    await Promise.resolve();
    this.#controller.abort();
    this.#rotations.close();
    const { clock, sources } = this.#settings;
    this.#leases.close();
    for (const entry of this.#store.all()) entry.flight?.giveUp();
    this.#store.clear();
    this.#engine.tell({ type: "closed", at: clock.now() });
    const revoked = this.#revokes ? this.#leases.revokeLast() : undefined;
    // What came of it is told once the sources are closed.
    await revoked?.catch(() => {});
    await closeSources(sources, clock);
    await revoked;
  }
}
