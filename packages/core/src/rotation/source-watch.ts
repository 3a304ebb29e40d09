import type { Engine } from "../cache/engine.ts";
import type { SourcePort } from "../fetch/source-port.ts";
import { waitBetweenCalls } from "../policy/backoff.ts";
import { policyDefaults } from "../policy/defaults.ts";

/** One source's own watch of one name. It is begun again whenever it ends, with the waits that follow a failure. */
export class SourceWatch {
  readonly #engine: Engine;
  readonly #port: SourcePort;
  readonly #name: string;
  readonly #listeners = new Set<() => void>();
  /** Of the watch that is in place; undefined where it has ended. */
  #current: AbortController | undefined;
  #begunAt = 0;
  #beginAt = Number.NEGATIVE_INFINITY;
  /** Ends in a row, each soon after its begin. */
  #ends = 0;
  /** It lasted or reported: what happened since its end has been missed. */
  #worked = false;

  constructor(engine: Engine, port: SourcePort, name: string) {
    this.#engine = engine;
    this.#port = port;
    this.#name = name;
  }

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  add(listener: () => void): void {
    this.#listeners.add(listener);
  }

  remove(listener: () => void): void {
    this.#listeners.delete(listener);
  }

  /** Begins it where it is not in place and its time has come. */
  tick(now: number): void {
    if (this.#current !== undefined || now < this.#beginAt) return;
    const controller = new AbortController();
    const missed = this.#worked;
    this.#current = controller;
    this.#begunAt = now;
    this.#worked = false;
    void this.#port
      .watch(this.#name, () => this.#report(), controller.signal)
      .then(() => {
        if (this.#current === controller) this.#ended();
      });
    if (missed) this.#tell();
  }

  end(): void {
    const controller = this.#current;
    this.#current = undefined;
    controller?.abort();
  }

  #ended(): void {
    const now = this.#engine.time.precise();
    const lastedMs = now - this.#begunAt;
    this.#worked ||= lastedMs >= policyDefaults.tickMs;
    this.#ends = lastedMs >= policyDefaults.backoffLongestMs ? 1 : this.#ends + 1;
    this.#beginAt = now + waitBetweenCalls(this.#ends, { failure: "unavailable" }, this.#engine.random);
    this.#current = undefined;
  }

  #report(): void {
    this.#worked = true;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
