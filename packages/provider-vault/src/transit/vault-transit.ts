import type { SourceFailure } from "@secretsource/core/source";
import { pathProblem, segmentsOf } from "../connection/segments.ts";
import { connectionFrom } from "../connection/vault-connection.ts";
import { vaultDefaults } from "../defaults.ts";
import { textOr } from "../options/checks.ts";
import { withTimeLimit } from "../token/with-time-limit.ts";
import type { DataKey, DataKeyOptions } from "./data-key.ts";
import { transitError } from "./transit-error.ts";
import type {
  TransitCiphertext,
  TransitInput,
  TransitMarked,
  TransitPlaintext,
  TransitResult,
  TransitSigned,
} from "./transit-items.ts";
import type { TransitCallOptions, TransitSignOptions, VaultTransitOptions } from "./transit-options.ts";
import type { TransitRequests } from "./transit-requests.ts";
import type { Verb, Verbs } from "./transit-verbs.ts";

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

  const calling = connection.calling((calls, made) => new calls.TransitRequests(made, mount));

  /** One request, within its time limit. */
  async function within<Result extends object>(
    key: string,
    { signal: end = new AbortController().signal }: TransitCallOptions,
    work: (transit: TransitRequests, signal: AbortSignal) => Promise<Result | SourceFailure>,
  ): Promise<Result> {
    if (typeof key !== "string" || key.includes("/") || pathProblem(key) !== undefined) {
      throw transitError({ failure: "invalid-request", advice: "No key has such a name." }, "?");
    }
    const limit = { clock: connection.clock, ms: vaultDefaults.transitMs, end };
    const result = await withTimeLimit(limit, (signal) => calling(signal, (transit) => work(transit, signal)));
    if ("failure" in result) throw transitError(result, key);
    return result;
  }

  const batch =
    <In, Out>(choose: (verbs: Verbs) => Verb<In, Out>) =>
    (key: string, items: readonly In[], given: TransitSignOptions = {}): Results<Out> =>
      within(key, given, (transit, signal) => transit.batch(choose, key, items, given, signal));

  return Object.freeze<VaultTransit>({
    encrypt: batch(({ encrypt }) => encrypt),
    decrypt: batch(({ decrypt }) => decrypt),
    rewrap: batch(({ rewrap }) => rewrap),
    sign: batch(({ sign }) => sign),
    verify: batch(({ verify }) => verify),
    hmac: batch(({ hmac }) => hmac),
    verifyHmac: batch(({ verifyHmac }) => verifyHmac),
    dataKey: (key, given = {}) => within(key, given, (transit, signal) => transit.dataKey(key, given, signal)),
    close,
    [Symbol.asyncDispose]: close,
  });
}
