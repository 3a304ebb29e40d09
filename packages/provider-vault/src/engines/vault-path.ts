import type { SecretSource, SourceScheme } from "@secretsource/core/source";
import { segmentsOf } from "../connection/segments.ts";
import { connectionFrom } from "../connection/vault-connection.ts";
import type { WithConnection } from "../connection/with-connection.ts";
import { booleanOr, textOr } from "../options/checks.ts";
import { uriFlag } from "../uri/uri-flag.ts";
import { uriVaultOptions } from "../uri/uri-vault-options.ts";
import { mintingSource, mintingTraits } from "./minting-source.ts";

export interface VaultPathOptions extends WithConnection {
  /** Stands before every name: `gcp/roleset`, say. Default: none. */
  readonly prefix?: string | undefined;
  /**
   * True: each read makes a credential with a lease. False: it reads what is there, and an answer with a lease is
   * `unsupported`. Default: false.
   */
  readonly mints?: boolean | undefined;
}

export interface VaultPath extends SourceScheme {
  /**
   * Whatever else can be read: a secret's name is its path, below `prefix`. Its payload is the JSON text of the answer's
   * `data`. A policy needs `read` on the path.
   *
   * @throws SecretsError `invalid-options`
   */
  (options?: VaultPathOptions): SecretSource;
  readonly scheme: "vault-path";
  /** `vault-path:` or `vault-path:PREFIX?mints=true`; also what every URI of this package takes. */
  fromUri(text: string): SecretSource;
}

const kind = "vault-path";

export const vaultPath: VaultPath = /* @__PURE__ */ Object.assign(pathSource, {
  scheme: kind,
  fromUri(text: string) {
    const { path, connection, own } = uriVaultOptions(text, kind, ["mints"]);
    return pathSource({ ...connection, prefix: path, mints: uriFlag(own.mints, "`mints` of the `vault-path:` URI") });
  },
} as const);

function pathSource(options: VaultPathOptions = {}): SecretSource {
  const { given, ...held } = connectionFrom(options, ["prefix", "mints"], "vaultPath");
  const base = segmentsOf(textOr(given.prefix, "`prefix` of vaultPath") ?? "");
  const mints = booleanOr(given.mints, false, "`mints` of vaultPath");
  const source = mintingSource(kind, held, ({ pathPlan }) => pathPlan(base, mints));
  if (mints) return source;
  const { leases: _, ...rest } = source;
  return Object.freeze<SecretSource>({ ...rest, traits: Object.freeze({ ...mintingTraits, mints: false }) });
}
