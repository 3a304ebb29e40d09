import { untilAborted } from "@secretsource/core/source-kit";
import { gcpErrorOf } from "./gcp-error.ts";
import type { SecretManagerCallOptions, SecretManagerMethods } from "./secret-manager-methods.ts";
import type { TokenGiver } from "./token-giver.ts";

/** The methods, of which each is called once more with another token where the service refuses the one it was called with. */
export function withRenewal(
  { accessSecretVersion, getSecretVersion, listSecretVersions, getSecret }: SecretManagerMethods,
  tokens: TokenGiver,
): SecretManagerMethods {
  const renewing =
    <Request, Answer>(call: (request: Request, options: SecretManagerCallOptions) => Promise<Answer>) =>
    async (request: Request, options: SecretManagerCallOptions): Promise<Answer> => {
      const { generation } = tokens;
      try {
        return await call(request, options);
      } catch (error) {
        if (!isRefusedToken(error)) throw error;
        // The others wait for it, whatever becomes of this call.
        if (!(await untilAborted(options.signal, () => tokens.renewed(generation)))) throw error;
        return call(request, options);
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
