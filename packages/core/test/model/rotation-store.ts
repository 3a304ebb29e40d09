import type { SecretRecord } from "../../src/source/secret-record.ts";
import type { Stage } from "../../src/source/secret-ref.ts";
import type { SecretSource } from "../../src/source/secret-source.ts";
import type { SourceFailure } from "../../src/source/source-failure.ts";

export type RotationWeather = "fine" | "unavailable" | "unauthenticated" | "access-denied";

/** One look of the store's at the current version, or its no. */
export interface RotationSample {
  readonly at: number;
  readonly stage: Stage;
  readonly version: string | undefined;
  readonly denied: boolean;
}

/** A store that is rotated, rolled back, denied and taken down. Every third version is bad: no login takes it. */
export class RotationStore {
  weather: RotationWeather = "fine";
  readonly samples: RotationSample[] = [];
  #current = 1;
  #previous: number | undefined;
  #pending: number | undefined;
  #newest = 1;
  #changed: (() => void) | undefined;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  get current(): string {
    return `${this.#current}`;
  }

  rotate(): void {
    this.#newest += 1;
    this.#move(this.#newest);
  }

  rollBack(): void {
    if (this.#previous !== undefined) this.#move(this.#previous);
  }

  stage(): void {
    this.#newest += 1;
    this.#pending = this.#newest;
  }

  promote(): void {
    if (this.#pending !== undefined) this.#move(this.#pending);
    this.#pending = undefined;
  }

  report(): void {
    this.#changed?.();
  }

  source(): SecretSource {
    return {
      specVersion: 1,
      kind: "rotated",
      traits: {
        stages: ["current", "previous", "pending"],
        versionIds: false,
        labels: false,
        binary: false,
        mints: false,
      },
      read: async (ref) => this.#answer(ref.version as Stage),
      probe: async (ref) => {
        const answer = this.#answer(ref.version as Stage);
        return answer.failure === undefined ? { version: answer.version ?? "" } : answer;
      },
      watch: async (_name, changed, { signal }) => {
        this.#changed = changed;
        await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      },
      classify: () => undefined,
    };
  }

  #move(to: number): void {
    [this.#previous, this.#current] = [this.#current, to];
  }

  #answer(stage: Stage): SecretRecord | SourceFailure {
    const version = { current: this.#current, previous: this.#previous, pending: this.#pending }[stage];
    const denied = this.weather === "access-denied";
    const shown = this.weather === "fine" && version !== undefined ? `${version}` : undefined;
    this.samples.push({ at: this.#now(), stage, version: shown, denied });
    if (this.weather !== "fine") return { failure: this.weather };
    if (shown === undefined) return { failure: "version-not-found" };
    return { payload: JSON.stringify({ user: `u${shown}`, password: `p${shown}` }), version: shown };
  }
}

export function isBad(version: string | undefined): boolean {
  return Number(version) % 3 === 0;
}
