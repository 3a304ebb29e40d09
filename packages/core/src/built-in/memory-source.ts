import { displayName } from "../errors/display-name.ts";
import { SecretsError } from "../errors/secrets-error.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretRef } from "../source/secret-ref.ts";
import type { SecretSource } from "../source/secret-source.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { SourceTraits } from "../source/source-traits.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { copyOf } from "../source-kit/read-options.ts";
import { type MemoryValue, storedPayload } from "./memory-value.ts";
import { MemoryVersions } from "./memory-versions.ts";

/** What a store's administrator does, for programs and tests. Version ids are `"1"`, `"2"`, and so on, per secret. */
export interface MemoryControls {
  /** Adds a version and makes it current; the one before becomes previous. Gives the version's id. */
  set(name: string, value: MemoryValue): string;
  /** Adds a version and makes it pending. Gives the version's id. */
  stage(name: string, value: MemoryValue): string;
  /** Makes pending current, and current previous. @throws SecretsError `version-not-found` where nothing is pending. */
  promote(name: string): void;
  /** Names a version by a label of your own. @throws SecretsError `version-not-found` */
  label(name: string, label: string, versionId: string): void;
  /** Removes the secret with all its versions; nothing happens where there is none. */
  remove(name: string): void;
}

const traits: SourceTraits = Object.freeze({
  stages: Object.freeze(["current", "previous", "pending"] as const),
  versionIds: true,
  labels: true,
  binary: true,
  mints: false,
});

/**
 * Secrets in memory, with versions and stages; of each the ten newest versions are kept, and those that a stage or a
 * label names. Values are copied in and out.
 *
 * @param initial Values by the secrets' names.
 * @throws SecretsError `invalid-options`
 */
export function memorySource(initial: Readonly<Record<string, MemoryValue>> = {}): SecretSource & MemoryControls {
  const secrets = new Map<string, MemoryVersions>();
  const controls = controlsOf(secrets);
  const values = copyOf(initial) ?? invalidOptions("memorySource takes an object of values by the secrets' names.");
  for (const [name, value] of Object.entries(values)) controls.set(name, value as MemoryValue);
  return Object.freeze<SecretSource & MemoryControls>({
    specVersion: 1,
    kind: "memory",
    traits,
    async read(ref, { signal }) {
      signal.throwIfAborted();
      return answer(secrets.get(ref.name), ref);
    },
    classify: () => undefined,
    ...controls,
  });
}

function answer(versions: MemoryVersions | undefined, ref: SecretRef): SecretRecord | SourceFailure {
  if (versions === undefined || versions.isEmpty) {
    return { failure: "not-found", advice: "Give it to memorySource, or add it by its set()." };
  }
  const found = versions.find(ref.version);
  if (found === undefined) return { failure: "version-not-found" };
  const { id, payload } = found;
  return { payload: typeof payload === "string" ? payload : new Uint8Array(payload), version: id };
}

function controlsOf(secrets: Map<string, MemoryVersions>): MemoryControls {
  const versionsOf = (name: string) => {
    if (typeof name !== "string" || name === "") return invalidOptions("A secret's name must be a string, not empty.");
    const versions = secrets.get(name) ?? new MemoryVersions();
    secrets.set(name, versions);
    return versions;
  };
  const missing = (secretName: string, advice: string) =>
    new SecretsError({ code: "version-not-found", source: "memory", secretName, advice });
  return {
    set: (name, value) => versionsOf(name).set(storedPayload(value, name)),
    stage: (name, value) => versionsOf(name).stage(storedPayload(value, name)),
    promote(name) {
      if (!secrets.get(name)?.promote()) throw missing(name, "Nothing is pending: call stage() first.");
    },
    label(name, label, versionId) {
      if (secrets.get(name)?.label(label, versionId)) return;
      throw missing(name, `There is no version ${displayName(versionId)}: set() and stage() give the ids.`);
    },
    remove(name) {
      // Kept when it is empty: were ids used again, another value would pass for the old version.
      secrets.get(name)?.clear();
    },
  };
}
