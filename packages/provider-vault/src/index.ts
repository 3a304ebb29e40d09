export type { Environment } from "./connection/environment.ts";
export type { VaultTlsOptions } from "./connection/tls-options.ts";
export { type VaultConnection, vaultConnection, type WithConnection } from "./connection/vault-connection.ts";
export type { VaultOptions } from "./connection/vault-options.ts";
export type { VaultKvOptions } from "./engines/kv-options.ts";
export type { PkiCertificate, VaultPkiOptions } from "./engines/pki-options.ts";
export { type VaultAws, type VaultAwsOptions, vaultAws } from "./engines/vault-aws.ts";
export { type VaultDatabase, type VaultDatabaseOptions, vaultDatabase } from "./engines/vault-database.ts";
export { type VaultKv, vaultKv } from "./engines/vault-kv.ts";
export { type VaultPath, type VaultPathOptions, vaultPath } from "./engines/vault-path.ts";
export { type VaultPki, vaultPki } from "./engines/vault-pki.ts";
export type { DataKey, DataKeyOptions } from "./transit/data-key.ts";
export type { TransitCallOptions } from "./transit/transit-call.ts";
export type {
  TransitCiphertext,
  TransitContext,
  TransitInput,
  TransitMarked,
  TransitPlaintext,
  TransitResult,
  TransitSigned,
} from "./transit/transit-items.ts";
export {
  type TransitSignOptions,
  type VaultTransit,
  type VaultTransitOptions,
  vaultTransit,
} from "./transit/vault-transit.ts";
