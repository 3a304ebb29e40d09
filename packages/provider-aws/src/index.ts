export type { AwsCredentials, AwsOptions } from "./aws-options.ts";
export type { SecretsManagerMethods } from "./secrets-manager-methods.ts";
export type { SecretsManagerOptions } from "./secrets-manager-options.ts";
export { type AwsSecretsManager, awsSecretsManager } from "./secrets-manager-source.ts";
