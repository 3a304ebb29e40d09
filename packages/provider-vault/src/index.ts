export type { Environment } from "./connection/environment.ts";
export type { VaultTlsOptions } from "./connection/tls-options.ts";
export { type VaultConnection, vaultConnection, type WithConnection } from "./connection/vault-connection.ts";
export type { VaultOptions } from "./connection/vault-options.ts";
export type { VaultKvOptions } from "./engines/kv-options.ts";
export { vaultKv } from "./engines/vault-kv.ts";
