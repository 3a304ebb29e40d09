import type { TokenGiver } from "./token-giver.ts";

/** Of a `GoogleAuth`. */
interface Auth {
  getClient(): Promise<unknown>;
  getUniverseDomain(): Promise<string>;
}

/** What the SDK's gRPC transport takes for its credentials. */
export function grpcAuth(auth: Auth, tokens: TokenGiver) {
  return {
    async getClient() {
      // Rejects where there are no credentials.
      await auth.getClient();
      return { getRequestHeaders: (url: string) => tokens.headers(url) };
    },
    getUniverseDomain: () => auth.getUniverseDomain(),
  };
}
