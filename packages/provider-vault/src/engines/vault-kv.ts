import type {
  SecretRecord,
  SecretRef,
  SecretSource,
  SourceFailure,
  SourceScheme,
  SourceTraits,
} from "@secretsource/core/source";
import { isSuccess } from "../answer/vault-answer.ts";
import { pathProblem } from "../connection/segments.ts";
import { connectionFrom } from "../connection/vault-connection.ts";
import { uriVaultOptions } from "../uri/uri-vault-options.ts";
import { KvEngineVersion, saysVersioned } from "./kv-engine-version.ts";
import { kvOptionNames, kvSettings, type VaultKvOptions } from "./kv-options.ts";
import { KvReads } from "./kv-reads.ts";

const versionedTraits: SourceTraits = Object.freeze({
  stages: Object.freeze(["current", "previous"] as const),
  versionIds: true,
  labels: false,
  binary: false,
  mints: false,
});

const plainTraits: SourceTraits = Object.freeze({
  ...versionedTraits,
  stages: Object.freeze(["current"] as const),
  versionIds: false,
});

export interface VaultKv extends SourceScheme {
  /**
   * Secrets of a kv engine, of version 1 or 2. A secret's name is its path below the mount; its payload is the JSON text of
   * its fields, numbers as they were written, or one field's value (`field`). In version 2 a version's id is its number, and
   * `previous` is the newest version below the current one that still exists.
   *
   * A version that was deleted or destroyed is `deleted`, and the advice tells which. A policy needs `read` on
   * `MOUNT/data/PATH`, and for `previous` and for cheap looks at watched secrets on `MOUNT/metadata/PATH`.
   *
   * @throws SecretsError `invalid-options`
   */
  (options?: VaultKvOptions): SecretSource;
  readonly scheme: "vault-kv";
  /** `vault-kv:` or `vault-kv:MOUNT?version=2&field=value`; also what every URI of this package takes. */
  fromUri(text: string): SecretSource;
}

const kind = "vault-kv";

export const vaultKv: VaultKv = /* @__PURE__ */ Object.assign(kvSource, {
  scheme: kind,
  fromUri(text: string) {
    const { path, connection, own } = uriVaultOptions(text, kind, ["version", "field"]);
    const { version, ...rest } = own;
    // What is neither, the options themselves refuse.
    const number = version === "1" ? 1 : version === "2" ? 2 : (version as undefined);
    return kvSource({ ...connection, mount: path, version: number, ...rest });
  },
} as const);

function kvSource(options: VaultKvOptions = {}): SecretSource {
  const { given, connection, close } = connectionFrom(options, kvOptionNames, "vaultKv");
  const settings = kvSettings(given);
  const reads = new KvReads(connection, settings);
  const engine = new KvEngineVersion(connection, settings.mount, settings.version);
  const source: SecretSource = {
    specVersion: 1,
    kind,
    traits: settings.version === 1 ? plainTraits : versionedTraits,
    async read(ref, { signal }) {
      signal.throwIfAborted();
      const illegal = refusalOf(ref.name);
      if (illegal !== undefined) return illegal;
      const version = await engine.find(signal);
      if (typeof version === "object") return version;
      if (version === 1) return readPlain(reads, engine, ref, signal);
      return version === 2 ? readVersioned(reads, ref, signal) : readEither(reads, engine, ref, signal);
    },
    classify: () => undefined,
    close,
  };
  if (settings.version === 1) return Object.freeze(source);
  return Object.freeze<SecretSource>({
    ...source,
    async probe(ref, { signal }) {
      signal.throwIfAborted();
      const illegal = refusalOf(ref.name);
      if (illegal !== undefined) return illegal;
      const version = await engine.find(signal);
      if (typeof version === "object") return version;
      return version === 1 ? noVersions : reads.probe(ref, signal);
    },
  });
}

const noVersions: SourceFailure = {
  failure: "unsupported",
  advice: "The kv engine is of version 1, which has no versions: `vault kv enable-versioning` gives it some.",
};

type Result = Promise<SecretRecord | SourceFailure>;

function refusalOf(name: string): SourceFailure | undefined {
  const advice = pathProblem(name);
  return advice === undefined ? undefined : { failure: "invalid-request", advice };
}

async function readVersioned(reads: KvReads, { name, version }: SecretRef, signal: AbortSignal): Result {
  if (version === "previous") return reads.previous(name, signal);
  if (typeof version === "object" && "id" in version) return reads.byId(name, version.id, signal);
  const answer = await reads.versioned(name, undefined, signal);
  return answer.failure === undefined ? reads.versionedResult(answer) : answer;
}

async function readPlain(reads: KvReads, engine: KvEngineVersion, ref: SecretRef, signal: AbortSignal): Result {
  if (ref.version !== "current") return noVersions;
  const answer = await reads.plain(ref.name, signal);
  if (answer.failure !== undefined) return answer;
  if (!saysVersioned(answer)) return reads.plainResult(answer);
  // Somebody has given the engine versions since we asked.
  engine.learn(2);
  return readVersioned(reads, ref, signal);
}

/** The server would not tell which version it is: as 2 first, which most are, then as 1. The first that answers is it. */
async function readEither(reads: KvReads, engine: KvEngineVersion, ref: SecretRef, signal: AbortSignal): Result {
  const versioned = await reads.versioned(ref.name, undefined, signal);
  const asTwo = versioned.failure === undefined ? reads.versionedResult(versioned) : versioned;
  const isTwo = asTwo.failure === undefined || asTwo.failure === "deleted" || asTwo.failure === "field-not-found";
  if (isTwo) {
    engine.learn(2);
    return ref.version === "current" ? asTwo : readVersioned(reads, ref, signal);
  }
  if (asTwo.failure !== "not-found" && asTwo.failure !== "access-denied") return asTwo;
  const plain = await reads.plain(ref.name, signal);
  if (plain.failure !== undefined) return asTwo;
  if (isSuccess(plain)) {
    engine.learn(1);
    return ref.version === "current" ? reads.plainResult(plain) : noVersions;
  }
  if (saysVersioned(plain)) engine.learn(2);
  return asTwo;
}
