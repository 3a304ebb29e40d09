import { type DecodeContext, Decoded } from "../decode/decoded.ts";
import type { Reading } from "../decode/reading.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import { RedactedSecret, type SecretFacts } from "../secret/redacted-secret.ts";
import type { Secret } from "../secret/secret.ts";
import type { SecretRecord } from "../source/secret-record.ts";

const nothing: Readonly<Record<string, string>> = Object.freeze({});

/** A record in memory. */
export class Loaded {
  readonly decoded: Decoded;
  /** It has a lease: made for us, and another look would make another. */
  readonly minted: boolean;
  readonly #facts: SecretFacts;

  /** @param before The record that it takes the place of: the same value is not decoded and validated again. */
  constructor(
    name: string,
    record: SecretRecord,
    fetchedAt: number,
    context: DecodeContext,
    before: Loaded | undefined,
  ) {
    this.minted = record.lease !== undefined;
    this.decoded = before?.decoded.equals(record.payload) ? before.decoded : new Decoded(record.payload, context);
    this.#facts = {
      name,
      version: record.version,
      fetchedAt: fetchedAt - (record.ageMs ?? 0),
      metadata: record.metadata === undefined ? nothing : Object.freeze({ ...record.metadata }),
    };
  }

  get name(): string {
    return this.#facts.name;
  }

  get version(): string | undefined {
    return this.#facts.version;
  }

  /** Wall clock at the start of the read that brought it, less the age that it already had. */
  get fetchedAt(): number {
    return this.#facts.fetchedAt;
  }

  /** True if both are the same version; without versions, the same payload. */
  isSameVersion(other: Loaded): boolean {
    if (this.version !== undefined || other.version !== undefined) return this.version === other.version;
    return this.decoded === other.decoded;
  }

  /** In bytes, for the cache's limit. */
  get size(): number {
    const { payload } = this.decoded;
    return typeof payload === "string" ? Buffer.byteLength(payload) : payload.byteLength;
  }

  /** Rejects with `decode-failed`, `field-not-found` or `validation-failed`, without the secret's name. */
  async secret(reading: Reading, stale: SecretsErrorCode | undefined): Promise<Secret<unknown>> {
    const value = await this.decoded.value(reading);
    return new RedactedSecret(this.#facts, value, stale);
  }
}
