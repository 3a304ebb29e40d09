import type { TransitContext } from "./transit-items.ts";
import type { TransitCallOptions } from "./transit-options.ts";

export interface DataKeyOptions extends TransitCallOptions, TransitContext {
  /** Default: 256. */
  readonly bits?: 128 | 256 | 512 | undefined;
  /** Without its plaintext: for somebody else to decrypt. Default: false. */
  readonly wrapped?: boolean | undefined;
}

export interface DataKey {
  /** The key, encrypted by the engine's key. */
  readonly ciphertext: string;
  /** The key itself. Absent where only the wrapped one was asked for. Not redacted: do not print it. */
  readonly plaintext?: Uint8Array;
}
