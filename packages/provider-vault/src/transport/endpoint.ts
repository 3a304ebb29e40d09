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
