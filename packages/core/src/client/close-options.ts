import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";

/** How an instance is closed. */
export interface CloseOptions {
  /**
   * True: the leases of all minted credentials are revoked, those in use and those that were replaced a moment ago, within
   * 10 s. Default: false; then no store is asked for anything, and the leases end by themselves. After a close without it
   * they are revoked as well: surely where the sources are not closed yet, later where a source can be asked all the same.
   */
  readonly revoke?: boolean | undefined;
}

/** @throws SecretsError `invalid-options` */
export function readCloseOptions(options: unknown): { readonly revoke: boolean } {
  const { revoke } = readOptions(options, ["revoke"], "close's options");
  if (revoke === undefined || typeof revoke === "boolean") return { revoke: revoke === true };
  return invalidOptions("`revoke` must be true or false.");
}
