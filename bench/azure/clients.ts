import { SecretClient } from "@azure/keyvault-secrets";
import { createSecrets } from "@secretsource/core";
import { azureKeyVault } from "@secretsource/provider-azure";
import type { Service } from "../lib/forked-service.ts";

/** Gives a token at once, and counts how often it was asked. */
export function countedCredential() {
  const asked = { tokens: 0 };
  return {
    asked,
    async getToken() {
      asked.tokens += 1;
      return { token: "token", expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
}

/** The vendor's client as it is, at our service. */
export function bareClient({ port, ca }: Service, credential = countedCredential()): SecretClient {
  return new SecretClient(`https://127.0.0.1:${port}`, credential, {
    disableChallengeResourceVerification: true,
    retryOptions: { maxRetries: 0 },
    tlsOptions: { ca },
  });
}

/** Reads one after the other by each of the ways, each of a name that its reader has not seen. */
export function waysTo(service: Service) {
  const client = bareClient(service);
  const source = azureKeyVault({ client });
  const secrets = createSecrets({ source: azureKeyVault({ client }) });
  const { signal } = new AbortController();
  let names = 0;
  const nextName = () => `secret-${names++}`;
  return {
    bare: repeat(() => client.getSecret(nextName())),
    source: repeat(async () => {
      const { failure } = await source.read({ name: nextName(), version: "current" }, { signal, bypassCaches: false });
      if (failure !== undefined) throw new Error(failure);
    }),
    throughCore: repeat(() => secrets.getSecret(nextName())),
  };
}

export function repeat(once: () => Promise<unknown>) {
  return async (times: number) => {
    for (let n = 0; n < times; n++) await once();
  };
}
