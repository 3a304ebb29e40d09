import { isSuccess, objectIn, textIn } from "../answer/vault-answer.ts";
import type { Connection } from "../connection/connection.ts";
import { type TransitCallOptions, transitCall, transitError } from "./transit-call.ts";
import { callFailure, unsound } from "./transit-failures.ts";
import { contextOf, isSound, type TransitContext } from "./transit-items.ts";

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

/** @throws SecretsError */
export async function makeDataKey(
  connection: Connection,
  mount: readonly string[],
  key: string,
  { bits = 256, wrapped = false, signal, ...context }: DataKeyOptions = {},
): Promise<DataKey> {
  if (!isSound(context, [])) throw transitError(unsound([]), key);
  const path = [...mount, "datakey", wrapped ? "wrapped" : "plaintext", key];
  const answer = await transitCall(connection, path, { bits, ...contextOf(context) }, { signal });
  if (!isSuccess(answer)) throw transitError(callFailure(answer), key);
  const data = objectIn(answer.body.data);
  const ciphertext = textIn(data?.ciphertext);
  const plaintext = textIn(data?.plaintext);
  if (ciphertext === undefined || (plaintext === undefined) !== wrapped) {
    throw transitError({ failure: "payload-corrupt", advice: "The engine's answer holds no data key." }, key);
  }
  return {
    ciphertext,
    ...(plaintext !== undefined && { plaintext: Uint8Array.from(Buffer.from(plaintext, "base64")) }),
  };
}
