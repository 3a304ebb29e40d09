import { vaultDefaults } from "../defaults.ts";

/**
 * The SDK's chain. By itself it waits for STS as long as the system does, a quarter of an hour where an answer is lost, and
 * every login waits for the request that is under way. Undefined where the optional package is missing: within a `try`, a
 * bundler goes on without it.
 */
export async function credentialChain() {
  const { credentialsMs } = vaultDefaults;
  const requestHandler = { requestTimeout: credentialsMs, throwOnRequestTimeout: true, socketTimeout: credentialsMs };
  try {
    const { defaultProvider } = await import("@aws-sdk/credential-provider-node");
    return defaultProvider({ clientConfig: { requestHandler } });
  } catch {
    return undefined;
  }
}
