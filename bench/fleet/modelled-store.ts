import type { Random } from "../../packages/core/src/policy/random.ts";
import type { SecretRecord, SecretSource, SourceFailure } from "../../packages/core/src/source/index.ts";
import type { Scenario } from "./scenario.ts";
import type { SharedTime } from "./shared-time.ts";
import { countCall } from "./tally.ts";

/** The store that the fleet asks: rotates its secrets, takes its time, has its outage, counts every call. */
export class ModelledStore {
  readonly #scenario: Scenario;
  readonly #time: SharedTime;
  readonly #random: Random;
  readonly #callsBySecond: Uint32Array;

  constructor(scenario: Scenario, time: SharedTime, random: Random, callsBySecond: Uint32Array) {
    this.#scenario = scenario;
    this.#time = time;
    this.#random = random;
    this.#callsBySecond = callsBySecond;
  }

  /** A process's own door to the store. */
  source(): SecretSource {
    return {
      specVersion: 1,
      kind: "modelled-store",
      traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false },
      read: (ref) => this.#answer(Number(ref.name.slice(prefix.length))),
      classify: () => undefined,
    };
  }

  isDown(at: number): boolean {
    const { outage } = this.#scenario;
    return outage !== undefined && at >= outage.from && at < outage.until;
  }

  /** When the version that was current at that moment is replaced by the next. */
  replacedAt(secret: number, at: number): number {
    const { rotationMs, secrets, massRotation } = this.#scenario;
    if (massRotation !== undefined) return at < massRotation.at ? massRotation.at : Number.POSITIVE_INFINITY;
    const phase = (secret * rotationMs) / secrets;
    return (Math.floor((at + phase) / rotationMs) + 1) * rotationMs - phase;
  }

  #answer(secret: number): Promise<SecretRecord | SourceFailure> {
    const at = this.#time.elapsed;
    countCall(this.#callsBySecond, at);
    const down = this.isDown(at);
    if (down && this.#scenario.outage?.how === "hangs") return new Promise(() => {});
    const answer: SecretRecord | SourceFailure = down
      ? { failure: "unavailable" }
      : { payload: `value ${secret}`, version: String(this.replacedAt(secret, at)) };
    const { from, to } = this.#scenario.latencyMs;
    const waitMs = from + this.#random() * (to - from);
    return new Promise((resolve) => this.#time.clock.setTimer(() => resolve(answer), waitMs));
  }
}

const prefix = "service/secret-";

export function secretName(secret: number): string {
  return `${prefix}${secret}`;
}
