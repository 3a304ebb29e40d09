import { rememberCircumstances } from "./circumstances.ts";
import type { ClearText } from "./clear-text.ts";

type Handler<Args, Output> = (args: Args) => Promise<Output>;

/** A step for a client's middleware stack, which sees every request as it goes out. */
export const hostStep = { step: "finalizeRequest", priority: "low", name: "secretsourceHost" } as const;

export const watchHosts =
  (clearText: ClearText, region: () => Promise<string>) =>
  <Args extends { readonly request: unknown }, Output>(next: Handler<Args, Output>): Handler<Args, Output> =>
  async (args) => {
    const request = args.request as Request;
    clearText.notice(request);
    try {
      return await next(args);
    } catch (error) {
      rememberCircumstances(error, { host: hostIn(request), region: await region().catch(() => undefined) });
      throw error;
    }
  };

interface Request {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly port?: number;
}

function hostIn({ hostname = "", port }: Request): string {
  return port === undefined ? hostname : `${hostname}:${port}`;
}
