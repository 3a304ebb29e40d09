export type { Environment } from "./connection/environment.ts";
export type { VaultTlsOptions } from "./connection/tls-options.ts";
export { vaultConnection } from "./connection/vault-connection.ts";
export type { VaultOptions } from "./connection/vault-options.ts";
export type { VaultConnection, WithConnection } from "./connection/with-connection.ts";
export type { VaultKvOptions } from "./engines/kv-options.ts";
export type { PkiCertificate, VaultPkiOptions } from "./engines/pki-options.ts";
export { type VaultAws, type VaultAwsOptions, vaultAws } from "./engines/vault-aws.ts";
export { type VaultDatabase, type VaultDatabaseOptions, vaultDatabase } from "./engines/vault-database.ts";
export { type VaultKv, vaultKv } from "./engines/vault-kv.ts";
export { type VaultPath, type VaultPathOptions, vaultPath } from "./engines/vault-path.ts";
export { type VaultPki, vaultPki } from "./engines/vault-pki.ts";
export type { DataKey, DataKeyOptions } from "./transit/data-key.ts";
export type {
  TransitCiphertext,
  TransitContext,
  TransitInput,
  TransitMarked,
  TransitPlaintext,
  TransitResult,
  TransitSigned,
} from "./transit/transit-items.ts";
export type { TransitCallOptions, TransitSignOptions, VaultTransitOptions } from "./transit/transit-options.ts";
export { type VaultTransit, vaultTransit } from "./transit/vault-transit.ts";
