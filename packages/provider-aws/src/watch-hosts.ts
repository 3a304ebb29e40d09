import { rememberHost } from "./request-hosts.ts";

type Handler<Args, Output> = (args: Args) => Promise<Output>;

/** A step for a client's middleware stack, which sees every request as it goes out. */
export const hostStep = { step: "finalizeRequest", priority: "low", name: "secretsourceHost" } as const;

export const watchHosts =
  <Args extends { readonly request: unknown }, Output>(next: Handler<Args, Output>): Handler<Args, Output> =>
  async (args) => {
    try {
      return await next(args);
    } catch (error) {
      rememberHost(error, hostIn(args.request));
      throw error;
    }
  };

function hostIn(request: unknown): string {
  const { hostname = "", port } = request as { readonly hostname?: string; readonly port?: number };
  return port === undefined ? hostname : `${hostname}:${port}`;
}
