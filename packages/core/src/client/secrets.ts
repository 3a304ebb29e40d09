import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { As } from "../decode/reading.ts";
import type { SecretsEvent } from "../state/secrets-event.ts";
import type { GetSecretOptions } from "./get-secret-options.ts";
import type { Health } from "./health.ts";
import type { SecretResult } from "./secret-value.ts";
import type { SecretStatus } from "./status.ts";

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

  /** What is known of each secret in memory. No value. */
  status(): readonly SecretStatus[];

  /** Over the secrets that a config requires: whether each can be served. */
  health(): Health;

  /**
   * Hears every event of this instance, in order. A listener that throws, hangs or calls back into the instance
   * disturbs nobody.
   *
   * @returns Ends the subscription. Idempotent.
   */
  on(listener: (event: SecretsEvent) => void): () => void;

  /** Ends reads that are under way with `closed`, then closes the sources. Idempotent; the process can exit. */
  close(): Promise<void>;
}
