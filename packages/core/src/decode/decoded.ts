import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Clock } from "../time/clock.ts";
import { decode } from "./decode.ts";
import type { Reading } from "./reading.ts";
import { validate } from "./validate.ts";

const noSchema = {};
const mostReadings = 64;

/** One payload with every reading of it that was asked for: each decoded and validated once. */
export class Decoded {
  readonly payload: string | Uint8Array;
  readonly #clock: Clock;
  readonly #closing: AbortSignal | undefined;
  // Schemas are held weakly: one made per call must not pile up.
  readonly #values = new WeakMap<object, Map<string, Promise<unknown>>>();

  /** @param closing Ends the wait for schemas. */
  constructor(payload: string | Uint8Array, clock: Clock, closing?: AbortSignal) {
    this.payload = payload;
    this.#clock = clock;
    this.#closing = closing;
  }

  /** Rejects with `decode-failed`, `field-not-found` or `validation-failed`, without the secret's name. */
  value(reading: Reading): Promise<unknown> {
    const owner: StandardSchemaV1 | object = reading.schema ?? noSchema;
    const values = this.#values.get(owner) ?? new Map<string, Promise<unknown>>();
    this.#values.set(owner, values);
    const key = `${reading.as ?? ""}\0${reading.field === undefined ? "" : `.${reading.field}`}`;
    const known = values.get(key);
    if (known !== undefined) return known;
    if (values.size >= mostReadings) values.clear();
    const made = this.#make(reading);
    values.set(key, made);
    // A refusal is not kept: a schema may hang or fail for reasons of its own, and asking again costs no call.
    made.catch(() => values.delete(key));
    return made;
  }

  /** Whether another payload is the same, for stores without versions. */
  equals(payload: string | Uint8Array): boolean {
    if (typeof payload === "string" || typeof this.payload === "string") return payload === this.payload;
    return Buffer.compare(payload, this.payload) === 0;
  }

  async #make(reading: Reading): Promise<unknown> {
    const decoded = decode(this.payload, reading);
    if (reading.schema === undefined) return decoded;
    return validate(reading.schema, decoded, this.#clock, undefined, this.#closing);
  }
}
