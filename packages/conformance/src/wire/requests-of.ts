import type { RequestCount } from "../harness/source-harness.ts";
import type { WireRequest } from "./wire-request.ts";

export interface RequestsOfOptions {
  /** Requests that have nothing to do with secrets, such as logins. Default: none. */
  readonly besides?: (request: WireRequest) => boolean;
  /** Requests that ask for a value. Default: all that count. */
  readonly values?: (request: WireRequest) => boolean;
}

/** How many requests a server, or a proxy, has seen, as a harness counts them. */
export function requestsOf(
  { requests }: { readonly requests: readonly WireRequest[] },
  { besides = () => false, values = () => true }: RequestsOfOptions = {},
): RequestCount {
  const counted = requests.filter((request) => !besides(request));
  return { all: counted.length, values: counted.filter(values).length };
}
