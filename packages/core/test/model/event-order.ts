import { cacheKey } from "../../src/policy/cache-key.ts";
import { mayServeStale } from "../../src/policy/failure-class.ts";
import type { SecretsEvent } from "../../src/state/secrets-event.ts";
import type { Stopwatch } from "./elapsed.ts";
import { canary, type Landing, type Reference } from "./reference.ts";

type Loaded = Extract<SecretsEvent, { type: "loaded" }>;

/** Hears the events, and whether they come in an order in which things can have happened. */
export class EventOrder {
  readonly #reference: Reference;
  readonly #watch: Stopwatch;
  /** The last two that were loaded, by secret. */
  readonly #loaded = new Map<string, { readonly now: Loaded; readonly before: Loaded | undefined }>();
  /** Secrets whose last load was of another version than the one before it, and nothing has said so yet. */
  readonly #untold = new Set<string>();
  /** Secrets to which the store has said no: their value may have been given up. */
  readonly #refused = new Set<string>();
  readonly #told = new Set<string>();
  #closed = false;

  constructor(reference: Reference, watch: Stopwatch) {
    this.#reference = reference;
    this.#watch = watch;
  }

  /** A forced refresh was asked for: it need not keep the distance after a failure. */
  forced(key: string): void {
    const landing = this.#reference.landings.get(key);
    if (landing !== undefined) landing.forcedSince = true;
  }

  hear(event: SecretsEvent): void {
    if (JSON.stringify(event).includes(canary)) throw new Error(`a ${event.type} event leaks`);
    if (this.#closed) throw new Error(`${event.type} after closed`);
    if (event.type === "closed") this.#closed = true;
    if (!("selector" in event)) return;
    const key = cacheKey("", event.secretName, event.selector as "current" | "previous");
    if (event.type === "loaded" || event.type === "absent" || event.type === "refresh-failed") this.#landed(key, event);
    // An entry that was pushed out has forgotten what it had.
    if (!this.#reference.config.evicting) this.#inOrder(key, event);
  }

  #inOrder(key: string, event: SecretsEvent): void {
    if (event.type !== "rotated" && this.#untold.has(key)) throw new Error(`${event.type} before rotated`);
    switch (event.type) {
      case "loaded": {
        const before = this.#loaded.get(key)?.now;
        this.#loaded.set(key, { now: event, before });
        const rotates = before !== undefined && before.version !== event.version;
        if (rotates && !this.#refused.delete(key)) this.#untold.add(key);
        this.#endSpell(key);
        return;
      }
      case "recovered":
        this.#endSpell(key);
        return;
      case "rotated": {
        const { now, before } = this.#loaded.get(key) ?? {};
        const fits = event.version === now?.version && event.previousVersion === before?.version;
        this.#untold.delete(key);
        if (!fits) throw new Error("rotated out of order");
        return;
      }
      case "absent":
      case "refresh-failed":
        if (!mayServeStale(event.code)) this.#refused.add(key);
        return;
      case "became-stale":
      case "expired":
        if (this.#told.has(`${event.type} ${key}`)) throw new Error(`${event.type} twice in one spell`);
        this.#told.add(`${event.type} ${key}`);
        return;
      default:
    }
  }

  #endSpell(key: string): void {
    for (const type of ["became-stale", "expired"]) this.#told.delete(`${type} ${key}`);
  }

  #landed(key: string, event: Landing["event"]): void {
    const last = this.#reference.samplesOf(key).at(-1);
    if (last === undefined) throw new Error(`${event.type} without a call`);
    if (event.type !== "loaded") this.#reference.lastFailure = this.#watch.now();
    this.#reference.landings.set(key, { event, at: this.#watch.now(), last, forcedSince: false });
  }
}
