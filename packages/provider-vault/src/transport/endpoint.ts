import type { AgentOptions } from "node:https";

/** Where a server is reached. */
export interface Endpoint {
  /** Scheme, host and port; of a Unix socket, what stands in the `Host` header. */
  readonly origin: URL;
  /** The path of a Unix socket, in place of host and port. */
  readonly socketPath?: string;
}

/** What a TLS connection is made and checked with. */
export type TlsMaterial = Pick<AgentOptions, "ca" | "cert" | "key" | "servername" | "rejectUnauthorized">;

/** As an advice names it: of a URL, the host and the port alone. */
export function shownServer({ origin, socketPath }: Endpoint): string {
  if (socketPath !== undefined) return `Unix socket \`${socketPath}\``;
  const port = origin.port || (origin.protocol === "https:" ? "443" : "80");
  return `\`${origin.hostname}:${port}\``;
}
