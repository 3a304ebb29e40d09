import type { VaultOptions } from "./vault-options.ts";

/** One server and one login that several sources share. Whoever made it closes it, after the sources. */
export interface VaultConnection extends AsyncDisposable {
  /** Revokes the token that was made for it, and ends its sockets. The leases of that token end with it. */
  close(): Promise<void>;
}

/** What every source of this package takes: a connection of its own, or one that is shared. */
export interface WithConnection extends VaultOptions {
  /** In place of all other options of a connection. The source does not close it. */
  readonly connection?: VaultConnection | undefined;
}
