import { segmentsOf } from "../connection/segments.ts";
import { connectionFrom, type WithConnection } from "../connection/vault-connection.ts";
import { textOr } from "../options/checks.ts";
import { type DataKey, type DataKeyOptions, makeDataKey } from "./data-key.ts";
import { batchResults } from "./transit-batch.ts";
import { type TransitCallOptions, transitCall, transitError } from "./transit-call.ts";
import { unsound } from "./transit-failures.ts";
import {
  isSound,
  type TransitCiphertext,
  type TransitInput,
  type TransitMarked,
  type TransitPlaintext,
  type TransitResult,
  type TransitSigned,
} from "./transit-items.ts";
import { decrypt, encrypt, hmac, rewrap, sign, type Verb, verify, verifyHmac } from "./transit-verbs.ts";

export interface VaultTransitOptions extends WithConnection {
  /** Where the engine is mounted. Default: `transit`. */
  readonly mount?: string | undefined;
}

export interface TransitSignOptions extends TransitCallOptions {
  /** Default: `sha2-256`. */
  readonly hashAlgorithm?: string | undefined;
  /** For RSA keys: `pss` or `pkcs1v15`. Default: `pss`. */
  readonly signatureAlgorithm?: "pss" | "pkcs1v15" | undefined;
}

type Results<T> = Promise<readonly TransitResult<T>[]>;

/**
 * Encryption by keys that never leave the server. Not a source: nothing is kept, nothing is tried a second time. Each
 * method takes a batch and gives one result per item, in their order.
 *
 * Every method throws a `SecretsError` where the request as a whole failed; each request has 10 s.
 */
export interface VaultTransit extends AsyncDisposable {
  encrypt(key: string, items: readonly TransitPlaintext[], options?: TransitCallOptions): Results<string>;
  /** The plaintext's bytes. `decryption-failed` where the item is none of this key. */
  decrypt(key: string, items: readonly TransitCiphertext[], options?: TransitCallOptions): Results<Uint8Array>;
  /** The same plaintext under the key's newest version, which it does not leave the server for. */
  rewrap(key: string, items: readonly TransitCiphertext[], options?: TransitCallOptions): Results<string>;
  sign(key: string, items: readonly TransitInput[], options?: TransitSignOptions): Results<string>;
  verify(key: string, items: readonly TransitSigned[], options?: TransitSignOptions): Results<boolean>;
  hmac(key: string, items: readonly TransitInput[], options?: TransitCallOptions): Results<string>;
  verifyHmac(key: string, items: readonly TransitMarked[], options?: TransitCallOptions): Results<boolean>;
  /** A new key of your own, with its ciphertext: to keep beside what it encrypts. */
  dataKey(key: string, options?: DataKeyOptions): Promise<DataKey>;
  /** Ends the connection, where it is its own. */
  close(): Promise<void>;
}

/**
 * A policy needs `update` on `MOUNT/encrypt/KEY`, `MOUNT/decrypt/KEY` and so on. With `create` besides, an encryption makes
 * a key that there was not.
 *
 * @throws SecretsError `invalid-options`
 */
export function vaultTransit(options: VaultTransitOptions = {}): VaultTransit {
  const { given, connection, close } = connectionFrom(options, ["mount"], "vaultTransit");
  const mount = segmentsOf(textOr(given.mount, "`mount` of vaultTransit") ?? "transit");

  async function batch<In, Out>(
    verb: Verb<In, Out>,
    key: string,
    items: readonly In[],
    { signal, hashAlgorithm, signatureAlgorithm }: TransitSignOptions = {},
  ): Results<Out> {
    if (!Array.isArray(items) || !items.every((item) => isSound(item, verb.needs))) {
      throw transitError(unsound(verb.needs), key);
    }
    if (items.length === 0) return [];
    const body = {
      batch_input: items.map(verb.put),
      ...(hashAlgorithm !== undefined && { hash_algorithm: hashAlgorithm }),
      ...(signatureAlgorithm !== undefined && { signature_algorithm: signatureAlgorithm }),
    };
    const answer = await transitCall(connection, [...mount, verb.path, key], body, { signal });
    const results = batchResults(answer, items.length, verb.pick);
    if ("failure" in results) throw transitError(results, key);
    return results;
  }

  return Object.freeze<VaultTransit>({
    encrypt: (key, items, given) => batch(encrypt, key, items, given),
    decrypt: (key, items, given) => batch(decrypt, key, items, given),
    rewrap: (key, items, given) => batch(rewrap, key, items, given),
    sign: (key, items, given) => batch(sign, key, items, given),
    verify: (key, items, given) => batch(verify, key, items, given),
    hmac: (key, items, given) => batch(hmac, key, items, given),
    verifyHmac: (key, items, given) => batch(verifyHmac, key, items, given),
    dataKey: (key, given) => makeDataKey(connection, mount, key, given),
    close,
    [Symbol.asyncDispose]: close,
  });
}
