export type { SecretsAgentCache, SecretsAgentOptions } from "./agent/agent-options.ts";
export { type AwsSecretsAgent, awsSecretsAgent } from "./agent/secrets-agent-source.ts";
export type { AwsCredentials, AwsOptions } from "./aws-options.ts";
export type { ParameterStoreMethods } from "./parameter-store-methods.ts";
export type { ParameterStoreOptions } from "./parameter-store-options.ts";
export { type AwsParameterStore, awsParameterStore } from "./parameter-store-source.ts";
export type { SecretsManagerMethods } from "./secrets-manager-methods.ts";
export type { SecretsManagerOptions } from "./secrets-manager-options.ts";
export { type AwsSecretsManager, awsSecretsManager } from "./secrets-manager-source.ts";
