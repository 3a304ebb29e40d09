import type { LiveSecret } from "../rotation/live-secret.ts";
import type { Secret } from "../secret/secret.ts";
import type { Clock } from "../time/clock.ts";
import type { ItemOutcome } from "./item-definition.ts";
import { type Override, overriddenSecret } from "./overridden-secret.ts";

/** A variable that stands in the place of a live secret: it never rotates. */
class FixedSecret implements LiveSecret<unknown> {
  readonly #current: Secret<unknown>;

  constructor(current: Secret<unknown>) {
    this.#current = current;
    Object.freeze(this);
  }

  get current(): Secret<unknown> {
    return this.#current;
  }

  onRotate(): () => void {
    return () => {};
  }

  close(): void {}

  [Symbol.dispose](): void {}

  toString(): string {
    return #current in this ? `[live ${`${this.#current}`.slice(1).replace("call reveal()", "read its current")}` : "";
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

export async function overriddenLive(override: Override, clock: Clock): Promise<ItemOutcome> {
  const outcome = await overriddenSecret(override, clock);
  return outcome.problem === undefined ? { value: new FixedSecret(outcome.value as Secret<unknown>) } : outcome;
}
