// Imported on first use alone, so that the SDK is, and node:https, which takes as long.
export { Agent } from "node:https";
export { SecretClient, type SecretClientOptions } from "@azure/keyvault-secrets";
