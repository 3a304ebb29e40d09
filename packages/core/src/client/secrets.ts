import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { As } from "../decode/reading.ts";
import type { AcceptCheck } from "../rotation/accept-any.ts";
import type { LiveSecret } from "../rotation/live-secret.ts";
import type { Secret } from "../secret/secret.ts";
import type { SecretsEvent } from "../state/secrets-event.ts";
import type { CloseOptions } from "./close-options.ts";
import type { GetSecretOptions } from "./get-secret-options.ts";
import type { Health } from "./health.ts";
import type { HintOptions } from "./hint-options.ts";
import type { SecretResult, SecretValue } from "./secret-value.ts";
import type { SecretStatus } from "./status.ts";
import type { AcceptAnyOptions, WatchSecretOptions, WithSecretOptions } from "./watch-options.ts";

/** An instance: its sources, its cache, its clock. Closing it closes the sources. */
export interface Secrets extends AsyncDisposable {
  /**
   * Reads one secret: from memory while it is fresh, otherwise from the store, with one call for all who ask at once.
   *
   * @throws SecretsError with every code of the closed list but `invalid-config` and `not-configured`.
   */
  getSecret<
    Schema extends StandardSchemaV1 | undefined = undefined,
    Kind extends As | undefined = undefined,
    Optional extends boolean | undefined = undefined,
  >(name: string, options?: GetSecretOptions<Schema, Kind, Optional>): Promise<SecretResult<Schema, Kind, Optional>>;

  /**
   * Follows one secret: the handle always holds the newest good value, refreshed in the background whether or not
   * anybody reads it. Watchers of one secret share its calls.
   *
   * @throws SecretsError as `getSecret`; `verify-failed` where the first value is refused.
   */
  watchSecret<Schema extends StandardSchemaV1 | undefined = undefined, Kind extends As | undefined = undefined>(
    name: string,
    options?: WatchSecretOptions<Schema, Kind>,
  ): Promise<LiveSecret<SecretValue<Schema, Kind>>>;

  /**
   * Runs an operation with the current credential. Only where that is not accepted, it runs with the others of the
   * rotation window and with what a refresh brings, for up to 90 s. It never runs again after it succeeded or failed for
   * another reason, and once per credential and round.
   *
   * @throws What the operation threw last; SecretsError where there is no current credential.
   */
  withSecret<Result, Schema extends StandardSchemaV1 | undefined = undefined, Kind extends As | undefined = undefined>(
    name: string,
    operation: (secret: Secret<SecretValue<Schema, Kind>>) => Result | Promise<Result>,
    options: WithSecretOptions<Schema, Kind>,
  ): Promise<Result>;

  /**
   * For verifiers of webhook signatures, API keys and the like: the first of the current and the previous value, as the
   * store has them, that `check` accepts; undefined if none does. A miss asks the store again, at most once per 30 s.
   *
   * @throws SecretsError where none accepts and one could not be read: that is no "no".
   */
  acceptAny<Schema extends StandardSchemaV1 | undefined = undefined, Kind extends As | undefined = undefined>(
    name: string,
    check: AcceptCheck<SecretValue<Schema, Kind>>,
    options?: AcceptAnyOptions<Schema, Kind>,
  ): Promise<Secret<SecretValue<Schema, Kind>> | undefined>;

  /**
   * Somebody says that the secret has changed: a queue, a webhook, a pool's rejected login. Never trusted, only a reason
   * to look: at once, and at most once a second and secret. Nothing happens for a secret that nobody has asked for.
   *
   * @throws SecretsError `invalid-options`
   */
  hint(name: string, options?: HintOptions): void;

  /** What is known of each secret in memory. No value. */
  status(): readonly SecretStatus[];

  /** Over the secrets that are watched and those that a config requires: whether each can be served. */
  health(): Health;

  /**
   * Hears every event of this instance, in order. A listener that throws, hangs or calls back into the instance
   * disturbs nobody.
   *
   * @returns Ends the subscription. Idempotent.
   */
  on(listener: (event: SecretsEvent) => void): () => void;

  /**
   * Ends reads that are under way with `closed`, then closes the sources. Idempotent; `revoke: true` is also heard after a
   * call without it. The process can exit.
   *
   * @param options `revoke: true` revokes the leases of all minted credentials first, within 10 s. Default: they are left
   *   to end by themselves.
   * @throws SecretsError `invalid-options`; `unknown` where a source failed to close; the store's code where leases could
   *   not be revoked: everything else is closed all the same.
   */
  close(options?: CloseOptions): Promise<void>;
}
