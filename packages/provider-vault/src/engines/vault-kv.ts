import type { SecretSource, SourceScheme, SourceTraits } from "@secretsource/core/source";
import { connectionFrom } from "../connection/vault-connection.ts";
import { uriVaultOptions } from "../uri/uri-vault-options.ts";
import { kvOptionNames, kvSettings, type VaultKvOptions } from "./kv-options.ts";

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
  const calling = connection.calling(({ KvReading }, made) => new KvReading(made, settings));
  const source: SecretSource = {
    specVersion: 1,
    kind,
    traits: settings.version === 1 ? plainTraits : versionedTraits,
    read: (ref, { signal }) => calling(signal, (kv) => kv.read(ref, signal)),
    load: () => connection.load(),
    classify: () => undefined,
    close,
  };
  if (settings.version === 1) return Object.freeze(source);
  return Object.freeze<SecretSource>({
    ...source,
    probe: (ref, { signal }) => calling(signal, (kv) => kv.probe(ref, signal)),
  });
}
