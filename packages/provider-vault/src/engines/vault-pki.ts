import type { SecretSource, SourceScheme } from "@secretsource/core/source";
import { type Duration, invalidOptions } from "@secretsource/core/source-kit";
import { segmentsOf } from "../connection/segments.ts";
import { connectionFrom } from "../connection/vault-connection.ts";
import { textOr } from "../options/checks.ts";
import { uriVaultOptions } from "../uri/uri-vault-options.ts";
import { mintingSource } from "./minting-source.ts";
import { certificatesFrom, type VaultPkiOptions } from "./pki-options.ts";

export interface VaultPki extends SourceScheme {
  /**
   * Certificates of an authority. The payload is one JSON text, so that key and chain are never of two certificates:
   * `certificate`, `ca_chain`, `issuing_ca` and, where no `csr` was given, `private_key`, which the engine does not keep.
   * A key that is not the certificate's is `payload-corrupt`.
   * The serial number is the record's version. The record is valid until the certificate's end, and the core has another
   * one made before that.
   *
   * A policy needs `update` on `MOUNT/issue/ROLE`, or on `MOUNT/sign/ROLE` where a `csr` is given.
   *
   * @throws SecretsError `invalid-options`
   */
  (options: VaultPkiOptions): SecretSource;
  readonly scheme: "vault-pki";
  /**
   * `vault-pki:MOUNT?certificateRole=web&ttl=24h`: certificates of one role, each for the common name that its secret is
   * called; also what every URI of this package takes.
   */
  fromUri(text: string): SecretSource;
}

const kind = "vault-pki";

export const vaultPki: VaultPki = /* @__PURE__ */ Object.assign(pkiSource, {
  scheme: kind,
  fromUri(text: string) {
    const { path, connection, own } = uriVaultOptions(text, kind, ["certificateRole", "ttl"]);
    const { certificateRole: role, ttl } = own;
    if (role === undefined) return invalidOptions("The `vault-pki:` URI needs `certificateRole`.");
    const certificateOf = (commonName: string) => ({ role, commonName, ttl: ttl as Duration | undefined });
    // Checks role and time now, and not with the first certificate.
    certificatesFrom({ checked: certificateOf("checked.example") });
    return pkiSource({ ...connection, mount: path, certificates: certificateOf });
  },
} as const);

function pkiSource(options: VaultPkiOptions): SecretSource {
  const { given, ...held } = connectionFrom(options, ["mount", "certificates"], "vaultPki");
  const mount = segmentsOf(textOr(given.mount, "`mount` of vaultPki") ?? "pki");
  const certificate = certificatesFrom(given.certificates);
  return mintingSource(kind, held, ({ pkiPlan }, { clock }) => pkiPlan(mount, certificate, clock));
}
