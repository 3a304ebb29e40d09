import type { SecretRecord, SecretRef, SourceFailure, SourceProbe } from "@secretsource/core/source";
import { isSuccess, type VaultAnswer } from "../answer/vault-answer.ts";
import type { Connection } from "../connection/connection.ts";
import { absent, deleted, destroyed, plainAbsence, versionAbsent, versionedAbsence } from "./kv-absence.ts";
import type { KvSettings } from "./kv-options.ts";
import { plainRecord, versionedRecord } from "./kv-record.ts";
import { type KvVersions, versionsIn } from "./kv-versions.ts";

/** The requests that reading a kv engine is made of. */
export class KvReads {
  readonly #connection: Connection;
  readonly #settings: KvSettings;

  constructor(connection: Connection, settings: KvSettings) {
    this.#connection = connection;
    this.#settings = settings;
  }

  /** Version 1. */
  async plain(name: string, signal: AbortSignal): Promise<VaultAnswer | SourceFailure> {
    return this.#get(undefined, name, signal);
  }

  plainResult(answer: VaultAnswer): SecretRecord | SourceFailure {
    return isSuccess(answer) ? plainRecord(answer, this.#settings.field) : plainAbsence(answer);
  }

  /** Version 2. @param number Undefined: the current one. */
  async versioned(name: string, number: string | undefined, signal: AbortSignal): Promise<VaultAnswer | SourceFailure> {
    return this.#get("data", name, signal, number);
  }

  versionedResult(answer: VaultAnswer): SecretRecord | SourceFailure {
    return isSuccess(answer) ? versionedRecord(answer, this.#settings.field) : versionedAbsence(answer);
  }

  /** One version by its number. */
  async byId(name: string, id: string, signal: AbortSignal): Promise<SecretRecord | SourceFailure> {
    // 0 is the current one.
    if (!/^[1-9]\d{0,8}$/.test(id)) return versionAbsent;
    const answer = await this.versioned(name, id, signal);
    if (answer.failure !== undefined) return answer;
    const result = this.versionedResult(answer);
    if (result.failure === "not-found") return versionAbsent;
    return result.failure === undefined && result.version !== id ? versionAbsent : result;
  }

  /** The newest version below the current one that still exists. */
  async previous(name: string, signal: AbortSignal): Promise<SecretRecord | SourceFailure> {
    const id = await this.#previousId(name, signal);
    return typeof id === "string" ? this.byId(name, id, signal) : id;
  }

  /** Which version a selector names now, without its value. */
  async probe({ name, version }: SecretRef, signal: AbortSignal): Promise<SourceProbe | SourceFailure> {
    const versions = await this.#versions(name, signal);
    if ("failure" in versions) return versions;
    const id = versionNamed(versions, version);
    return typeof id === "string" ? { version: id } : id;
  }

  async #previousId(name: string, signal: AbortSignal): Promise<string | SourceFailure> {
    const versions = await this.#versions(name, signal);
    return "failure" in versions ? versions : previousOf(versions);
  }

  async #versions(name: string, signal: AbortSignal): Promise<KvVersions | SourceFailure> {
    const answer = await this.#get("metadata", name, signal);
    if (answer.failure !== undefined) return answer;
    if (!isSuccess(answer)) return versionedAbsence(answer);
    const versions = versionsIn(answer, this.#connection.clock.now());
    return versions ?? { failure: "payload-corrupt", advice: "The answer is no metadata of a kv engine." };
  }

  #get(below: string | undefined, name: string, signal: AbortSignal, version?: string) {
    const path = [...this.#settings.mount, ...(below === undefined ? [] : [below]), ...name.split("/")];
    const query = version === undefined ? undefined : { version };
    return this.#connection.call({ method: "GET", path, query, needs: "read" }, signal);
  }
}

function versionNamed(versions: KvVersions, selector: SecretRef["version"]): string | SourceFailure {
  if (selector === "previous") return previousOf(versions);
  const id = typeof selector === "object" && "id" in selector ? selector.id : String(versions.current);
  if (versions.all.length === 0) return absent;
  const found = versions.all.find(({ number }) => String(number) === id);
  if (found === undefined) return versionAbsent;
  if (found.state === "there") return id;
  return found.state === "destroyed" ? destroyed : deleted;
}

function previousOf({ current, all }: KvVersions): string | SourceFailure {
  if (all.length === 0) return absent;
  const previous = all.find(({ number, state }) => number < current && state === "there");
  return previous === undefined ? versionAbsent : String(previous.number);
}
