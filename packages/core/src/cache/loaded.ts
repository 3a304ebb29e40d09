import { Decoded } from "../decode/decoded.ts";
import type { Reading } from "../decode/reading.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import { RedactedSecret } from "../secret/redacted-secret.ts";
import type { Secret } from "../secret/secret.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { Clock } from "../time/clock.ts";

const nothing: Readonly<Record<string, string>> = Object.freeze({});

/** A record in memory. */
export class Loaded {
  readonly name: string;
  readonly version: string | undefined;
  /** Wall clock at the start of the read that brought it, less the age that it already had. */
  readonly fetchedAt: number;
  readonly decoded: Decoded;
  /** It has a lease: made for us, and another look would make another. */
  readonly minted: boolean;
  /** True once a reader could use it. */
  accepted = false;
  readonly #metadata: Readonly<Record<string, string>>;

  /** @param before The record that it takes the place of: the same value is not decoded and validated again. */
  constructor(
    name: string,
    record: SecretRecord,
    fetchedAt: number,
    { clock, closing }: { readonly clock: Clock; readonly closing: AbortSignal },
    before: Loaded | undefined,
  ) {
    this.name = name;
    this.version = record.version;
    this.minted = record.lease !== undefined;
    this.fetchedAt = fetchedAt - (record.ageMs ?? 0);
    this.decoded = before?.decoded.equals(record.payload)
      ? before.decoded
      : new Decoded(record.payload, clock, closing);
    this.#metadata = record.metadata === undefined ? nothing : Object.freeze({ ...record.metadata });
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
    this.accepted = true;
    const facts = {
      name: this.name,
      version: this.version,
      fetchedAt: this.fetchedAt,
      metadata: this.#metadata,
      stale,
    };
    return new RedactedSecret(facts, value instanceof Uint8Array ? () => copyOf(value) : () => value);
  }
}

function copyOf<Bytes extends Uint8Array>(bytes: Bytes): Bytes {
  // Not its own `slice`: that of a Buffer, which a schema may give, is a view.
  return Uint8Array.prototype.slice.call(bytes) as Bytes;
}
