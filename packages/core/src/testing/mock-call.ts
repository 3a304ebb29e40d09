import type { VersionSelector } from "../source/secret-ref.ts";
import type { Clock } from "../time/clock.ts";

/** A method of a source. A read that travels in a batch is a `batch`. */
export type MockMethod = "read" | "batch" | "probe" | "renew" | "revoke" | "watch";

/** One question that a mock was asked. Never a value. */
export interface MockCall {
  readonly method: MockMethod;
  readonly name: string;
  /** Of `read`, `batch` and `probe`. */
  readonly version?: VersionSelector;
  /** Of `renew` and `revoke`. */
  readonly lease?: string;
  /** Requests count from 1; what travelled in one batch shares a number. */
  readonly request: number;
  /** Epoch ms, by the mock's clock. */
  readonly at: number;
}

export class CallLog {
  readonly #clock: Clock;
  readonly #asked = new Set<string>();
  #calls: MockCall[] = [];
  #requests = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get calls(): readonly MockCall[] {
    return [...this.#calls];
  }

  /** A number for one request. */
  begin(): number {
    this.#requests += 1;
    return this.#requests;
  }

  note(call: Omit<MockCall, "at">): void {
    this.#asked.add(call.name);
    this.#calls.push(Object.freeze({ ...call, at: this.#clock.now() }));
  }

  /** Also where the calls were forgotten since. */
  wasAsked(name: string): boolean {
    return this.#asked.has(name);
  }

  forget(): void {
    this.#calls = [];
  }
}
