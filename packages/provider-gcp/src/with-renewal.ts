import { gcpErrorOf } from "./gcp-error.ts";
import type { SecretManagerMethods } from "./secret-manager-methods.ts";
import type { TokenGiver } from "./token-giver.ts";

/** The methods, of which each is called once more with another token where the service refuses the one it was called with. */
export function withRenewal(
  { accessSecretVersion, getSecretVersion, listSecretVersions, getSecret }: SecretManagerMethods,
  tokens: TokenGiver,
): SecretManagerMethods {
  const renewing =
    <Parameters extends unknown[], Answer>(call: (...parameters: Parameters) => Promise<Answer>) =>
    async (...parameters: Parameters): Promise<Answer> => {
      const { generation } = tokens;
      try {
        return await call(...parameters);
      } catch (error) {
        if (!isRefusedToken(error) || !(await tokens.renewed(generation))) throw error;
        return call(...parameters);
      }
    };
  return {
    accessSecretVersion: renewing(accessSecretVersion),
    getSecretVersion: renewing(getSecretVersion),
    listSecretVersions: renewing(listSecretVersions),
    getSecret: renewing(getSecret),
  };
}

function isRefusedToken(thrown: unknown): boolean {
  const error = gcpErrorOf(thrown);
  return error?.status === "UNAUTHENTICATED" && error.isTheService && !error.isAboutCredentials;
}
