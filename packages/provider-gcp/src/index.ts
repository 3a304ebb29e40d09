export type { GcpAuthClient } from "./auth-client.ts";
export type { SecretManagerMethods } from "./secret-manager-methods.ts";
export type { GcpSecretManagerOptions } from "./secret-manager-options.ts";
export { type GcpSecretManager, gcpSecretManager } from "./secret-manager-source.ts";
