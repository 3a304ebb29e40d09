import type { TokenUse } from "../token/token-keeper.ts";
import type { WireRequest } from "./vault-wire.ts";

/** A request with our token. */
export interface VaultCall extends Pick<WireRequest, "method" | "path" | "query" | "body"> {
  /** What a policy has to allow for it, for the advice: `read`. */
  readonly needs: "read" | "update" | "list";
  /** Default: `call`. */
  readonly use?: TokenUse;
}
