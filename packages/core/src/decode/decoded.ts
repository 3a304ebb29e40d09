import type { StandardSchemaV1 } from "@standard-schema/spec";
import { CopiedAtReveal } from "../secret/copied-at-reveal.ts";
import type { Clock } from "../time/clock.ts";
import { decode } from "./decode.ts";
import { plainText, type Reading } from "./reading.ts";
import { readingKey } from "./reading-key.ts";
import { validate } from "./validate.ts";

const mostReadings = 64;
const nobody: readonly string[] = Object.freeze([]);
const plainKey = readingKey(plainText);
const plainAlone: readonly string[] = Object.freeze([plainKey]);

/** What the wait for a schema needs. */
export interface DecodeContext {
  readonly clock: Clock;
  /** Ends it. */
  readonly closing?: AbortSignal;
}

/** One payload with every reading of it that was asked for: each decoded and validated once. */
export class Decoded {
  readonly payload: string | Uint8Array;
  /** The keys of the readings that could use it; of many, the latest. */
  accepted = nobody;
  readonly #context: DecodeContext;
  #withoutSchema: Map<string, Promise<unknown>> | undefined;
  // Schemas are held weakly: one made per call must not pile up.
  #withSchema: WeakMap<StandardSchemaV1, Map<string, Promise<unknown>>> | undefined;

  constructor(payload: string | Uint8Array, context: DecodeContext) {
    this.payload = payload;
    this.#context = context;
  }

  /** For a {@link RedactedSecret}. Rejects with `decode-failed`, `field-not-found` or `validation-failed`, without the secret's name. */
  value(reading: Reading): Promise<unknown> {
    const key = readingKey(reading);
    // The usual reading of the usual payload: nothing to decode, and nothing worth a table of its own.
    if (reading === plainText && typeof this.payload === "string") {
      this.#accept(key);
      return Promise.resolve(this.payload);
    }
    const values = this.#valuesFor(reading.schema);
    const known = values.get(key);
    if (known !== undefined) return known;
    if (values.size >= mostReadings) values.clear();
    const made = this.#make(reading);
    values.set(key, made);
    made.then(
      () => this.#accept(key),
      // A refusal is not kept: a schema may hang or fail for reasons of its own, and asking again costs no call.
      () => values.delete(key),
    );
    return made;
  }

  /** Whether another payload is the same, for stores without versions. */
  equals(payload: string | Uint8Array): boolean {
    if (typeof payload === "string" || typeof this.payload === "string") return payload === this.payload;
    return Buffer.compare(payload, this.payload) === 0;
  }

  #accept(key: string): void {
    if (this.accepted.includes(key)) return;
    // Not a list of its own for the usual one.
    if (this.accepted === nobody && key === plainKey) this.accepted = plainAlone;
    else this.accepted = [...this.accepted.slice(1 - mostReadings), key];
  }

  #valuesFor(schema: StandardSchemaV1 | undefined): Map<string, Promise<unknown>> {
    if (schema === undefined) {
      this.#withoutSchema ??= new Map();
      return this.#withoutSchema;
    }
    this.#withSchema ??= new WeakMap();
    const known = this.#withSchema.get(schema);
    if (known !== undefined) return known;
    const made = new Map<string, Promise<unknown>>();
    this.#withSchema.set(schema, made);
    return made;
  }

  async #make(reading: Reading): Promise<unknown> {
    const decoded = decode(this.payload, reading);
    if (reading.schema === undefined) return CopiedAtReveal.of(decoded);
    const { clock, closing } = this.#context;
    return CopiedAtReveal.of(await validate(reading.schema, decoded, clock, undefined, closing));
  }
}
