import type { Secret } from "../secret/secret.ts";

/** A handle that always holds the newest good value of one secret. */
export interface LiveSecret<T> extends Disposable {
  /**
   * The newest good value: a property read, without a call. Exact to one tick of the scheduler (1 s); after a freeze of the
   * process `getSecret` and `withSecret` are exact at once.
   *
   * @throws SecretsError where there is nothing that may be served: `stale-limit`, or the store's own no.
   */
  readonly current: Secret<T>;
  /**
   * Hears every change of version. A listener that throws, hangs or calls back disturbs nobody.
   *
   * @returns Ends the subscription. Idempotent.
   */
  onRotate(listener: (next: Secret<T>, previous: Secret<T> | undefined) => void): () => void;
  /** Ends the watch; `current` stays as it is. Idempotent. */
  close(): void;
}
