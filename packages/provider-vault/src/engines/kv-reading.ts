import type { SecretRecord, SecretRef, SourceFailure, SourceProbe } from "@secretsource/core/source";
import { isSuccess } from "../answer/vault-answer.ts";
import type { Connection } from "../connection/connection.ts";
import { pathProblem } from "../connection/segments.ts";
import { KvEngineVersion, saysVersioned } from "./kv-engine-version.ts";
import type { KvSettings } from "./kv-options.ts";
import { KvReads } from "./kv-reads.ts";

const noVersions: SourceFailure = {
  failure: "unsupported",
  advice: "The kv engine is of version 1, which has no versions: `vault kv enable-versioning` gives it some.",
};

type Result = Promise<SecretRecord | SourceFailure>;

/** Reads a kv engine, of whichever version it turns out to be. */
export class KvReading {
  readonly #reads: KvReads;
  readonly #engine: KvEngineVersion;

  constructor(connection: Connection, settings: KvSettings) {
    this.#reads = new KvReads(connection, settings);
    this.#engine = new KvEngineVersion(connection, settings.mount, settings.version);
  }

  /** @throws what the signal was aborted with. */
  async read(ref: SecretRef, signal: AbortSignal): Result {
    signal.throwIfAborted();
    const illegal = refusalOf(ref.name);
    if (illegal !== undefined) return illegal;
    const version = await this.#engine.find(signal);
    if (typeof version === "object") return version;
    if (version === 1) return this.#readPlain(ref, signal);
    return version === 2 ? this.#readVersioned(ref, signal) : this.#readEither(ref, signal);
  }

  /** @throws what the signal was aborted with. */
  async probe(ref: SecretRef, signal: AbortSignal): Promise<SourceProbe | SourceFailure> {
    signal.throwIfAborted();
    const illegal = refusalOf(ref.name);
    if (illegal !== undefined) return illegal;
    const version = await this.#engine.find(signal);
    if (typeof version === "object") return version;
    return version === 1 ? noVersions : this.#reads.probe(ref, signal);
  }

  async #readVersioned({ name, version }: SecretRef, signal: AbortSignal): Result {
    const reads = this.#reads;
    if (version === "previous") return reads.previous(name, signal);
    if (typeof version === "object" && "id" in version) return reads.byId(name, version.id, signal);
    const answer = await reads.versioned(name, undefined, signal);
    return answer.failure === undefined ? reads.versionedResult(answer) : answer;
  }

  async #readPlain(ref: SecretRef, signal: AbortSignal): Result {
    if (ref.version !== "current") return noVersions;
    const answer = await this.#reads.plain(ref.name, signal);
    if (answer.failure !== undefined) return answer;
    if (!saysVersioned(answer)) return this.#reads.plainResult(answer);
    // Somebody has given the engine versions since we asked.
    this.#engine.learn(2);
    return this.#readVersioned(ref, signal);
  }

  /** The server would not tell which version it is: as 2 first, which most are, then as 1. The first that answers is it. */
  async #readEither(ref: SecretRef, signal: AbortSignal): Result {
    const versioned = await this.#reads.versioned(ref.name, undefined, signal);
    const asTwo = versioned.failure === undefined ? this.#reads.versionedResult(versioned) : versioned;
    const isTwo = asTwo.failure === undefined || asTwo.failure === "deleted" || asTwo.failure === "field-not-found";
    if (isTwo) {
      this.#engine.learn(2);
      return ref.version === "current" ? asTwo : this.#readVersioned(ref, signal);
    }
    if (asTwo.failure !== "not-found" && asTwo.failure !== "access-denied") return asTwo;
    const plain = await this.#reads.plain(ref.name, signal);
    if (plain.failure !== undefined) return asTwo;
    if (isSuccess(plain)) {
      this.#engine.learn(1);
      return ref.version === "current" ? this.#reads.plainResult(plain) : noVersions;
    }
    if (saysVersioned(plain)) this.#engine.learn(2);
    return asTwo;
  }
}

function refusalOf(name: string): SourceFailure | undefined {
  const advice = pathProblem(name);
  return advice === undefined ? undefined : { failure: "invalid-request", advice };
}
