import type { SecretRecord, SecretSource, SourceFailure } from "../../packages/core/src/source/index.ts";
import type { Random } from "../../packages/core/src/policy/random.ts";
import type { Scenario } from "./scenario.ts";
import type { SharedTime } from "./shared-time.ts";

/** The store that the whole fleet asks: rotates its secrets, takes its time, has its outage, counts every call. */
export class ModelledStore {
  /** Calls by the second in which they began. */
  readonly callsBySecond: Uint32Array;
  readonly #time: SharedTime;
  readonly #scenario: Scenario;
  readonly #random: Random;

  constructor(scenario: Scenario, time: SharedTime, random: Random) {
    this.#scenario = scenario;
    this.#time = time;
    this.#random = random;
    this.callsBySecond = new Uint32Array(Math.ceil(scenario.lengthMs / 1000) + 1);
  }

  /** A process's own door to the store. */
  source(): SecretSource {
    return {
      specVersion: 1,
      kind: "modelled-store",
      traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false },
      read: (ref) => this.#answer(Number(ref.name.slice(secretPrefix.length))),
      classify: () => undefined,
    };
  }

  isDown(at: number): boolean {
    const { outage } = this.#scenario;
    return outage !== undefined && at >= outage.from && at < outage.until;
  }

  /** When the version that was current at that moment is replaced by the next. */
  replacedAt(secret: number, at: number): number {
    const { rotationMs, secrets } = this.#scenario;
    const phase = (secret * rotationMs) / secrets;
    return (Math.floor((at + phase) / rotationMs) + 1) * rotationMs - phase;
  }

  #answer(secret: number): Promise<SecretRecord | SourceFailure> {
    const at = this.#time.elapsed;
    const second = Math.floor(at / 1000);
    this.callsBySecond[second] = (this.callsBySecond[second] ?? 0) + 1;
    const down = this.isDown(at);
    if (down && this.#scenario.outage?.how === "hangs") return new Promise(() => {});
    const { latencyMs } = this.#scenario;
    const answer: SecretRecord | SourceFailure = down
      ? { failure: "unavailable" }
      : { payload: `value ${secret}`, version: String(this.replacedAt(secret, at)) };
    const wait = latencyMs.from + this.#random() * (latencyMs.to - latencyMs.from);
    return new Promise((resolve) => this.#time.clock.setTimer(() => resolve(answer), wait));
  }
}

const secretPrefix = "service/secret-";

export function secretName(secret: number): string {
  return `${secretPrefix}${secret}`;
}
