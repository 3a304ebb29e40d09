interface SentRequest {
  readonly headers: { get(name: string): string | undefined };
}

interface Received {
  readonly status: number;
  readonly headers: { get(name: string): string | undefined };
}

/**
 * A step of the SDK's pipeline, below the one that adds the token: says which token the vault has refused. One that lacks
 * claims is good otherwise, and the SDK asks for another one by itself.
 */
export function refusedTokenStep(onRefused: (token: string) => void) {
  return {
    name: "secretsourceRefusedToken",
    async sendRequest<Request, Response>(request: Request, next: (request: Request) => Promise<Response>) {
      // As it was sent: the SDK puts another token into this very request before it sends it again.
      const sent = (request as SentRequest).headers.get("authorization");
      const response = await next(request);
      const { status, headers } = response as Received;
      const isRefused = status === 401 && !/\berror="insufficient_claims"/.test(headers.get("www-authenticate") ?? "");
      if (isRefused && sent !== undefined) onRefused(sent.replace(/^Bearer /, ""));
      return response;
    },
  };
}
