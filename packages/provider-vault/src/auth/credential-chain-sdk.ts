import { defaultProvider } from "@aws-sdk/credential-provider-node";
import { vaultDefaults } from "../defaults.ts";

/**
 * The SDK's chain. By itself it waits for STS as long as the system does, a quarter of an hour where an answer is lost, and
 * every login waits for the request that is under way.
 */
export function credentialChain() {
  const { credentialsMs } = vaultDefaults;
  const requestHandler = { requestTimeout: credentialsMs, throwOnRequestTimeout: true, socketTimeout: credentialsMs };
  return defaultProvider({ clientConfig: { requestHandler } });
}
