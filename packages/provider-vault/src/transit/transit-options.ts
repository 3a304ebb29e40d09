import type { WithConnection } from "../connection/with-connection.ts";

export interface VaultTransitOptions extends WithConnection {
  /** Where the engine is mounted. Default: `transit`. */
  readonly mount?: string | undefined;
}

export interface TransitCallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface TransitSignOptions extends TransitCallOptions {
  /** Default: `sha2-256`. */
  readonly hashAlgorithm?: string | undefined;
  /** For RSA keys: `pss` or `pkcs1v15`. Default: `pss`. */
  readonly signatureAlgorithm?: "pss" | "pkcs1v15" | undefined;
}
