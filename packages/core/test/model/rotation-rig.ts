import { SecretsInstance } from "../../src/client/secrets-instance.ts";
import type { LiveSecret } from "../../src/rotation/live-secret.ts";
import type { Secret } from "../../src/secret/secret.ts";
import { virtualClock } from "../../src/testing/virtual-clock.ts";
import { seededRandom } from "../seeded-random.ts";
import { isBad, RotationStore } from "./rotation-store.ts";

export interface RotationConfig {
  readonly seed: number;
  readonly ttlMs: number;
  readonly maxStaleMs: number;
}

/** How a live secret is, as its user sees it. */
export const liveStates = ["good", "bridged", "refused", "none", "closed"] as const;
export type LiveState = (typeof liveStates)[number];

class LoginRefused extends Error {}

const tickMs = 1000;
const graceMs = 30_000;

/** The real thing, with a watch on what anybody is shown. */
export class RotationRig {
  readonly clock = virtualClock();
  readonly store: RotationStore;
  readonly secrets: SecretsInstance;
  readonly config: RotationConfig;
  readonly visited = new Set<string>();
  live: LiveSecret<string> | undefined;
  isClosed = false;
  #slept = 0;
  #broken: unknown;
  readonly #shownToHook: { readonly version: string | undefined; readonly at: number }[] = [];
  #working = 0;
  #controller = new AbortController();

  constructor(config: RotationConfig) {
    this.config = config;
    this.store = new RotationStore(() => this.now());
    const { ttlMs, maxStaleMs } = config;
    this.secrets = new SecretsInstance({
      sources: [{ name: "rotated", members: [this.store.source()], when: new Set(), policy: { ttlMs, maxStaleMs } }],
      defaultName: "rotated",
      clock: this.clock,
      random: seededRandom(config.seed),
    });
  }

  async begin(): Promise<void> {
    this.live = await this.secrets.watchSecret("db", { verify: (next: Secret<string>) => this.#verify(next) });
    this.live.onRotate((next) => this.guard(() => this.checkGood(next)));
  }

  /** True time. */
  now(): number {
    return this.clock.monotonic() + this.#slept;
  }

  /** The machine sleeps; one tick later everything is exact again. */
  async sleep(ms: number): Promise<void> {
    await this.clock.settle();
    this.#slept += ms;
    this.clock.freeze(`${ms}ms` as "1ms");
    await this.clock.advance("1s");
  }

  read(refresh: boolean): void {
    this.secrets.getSecret("db", { refresh }).then(
      (secret) => this.guard(() => this.checkGood(secret)),
      () => {},
    );
  }

  /** An operation whose logins are taken by the store's current version, or by none. */
  run(isTaken: boolean): void {
    const { signal } = this.#controller;
    let isOver = false;
    this.#working += 1;
    const operation = async (secret: Secret<string>) => {
      this.guard(() => {
        if (isOver) throw new Error("an operation ran again after its end");
        // The other members of the window are proven by the operation itself.
        this.#checkWhole(secret);
      });
      isOver = signal.aborted || (isTaken && secret.version === this.store.current);
      if (!isOver) throw new LoginRefused();
    };
    const isAuthError = (error: unknown) => error instanceof LoginRefused;
    this.secrets
      .withSecret("db", operation, { isAuthError, signal })
      .catch(() => {})
      .finally(() => {
        isOver = true;
        this.#working -= 1;
      });
  }

  abort(): void {
    this.#controller.abort();
    this.#controller = new AbortController();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.secrets.close();
  }

  get state(): LiveState {
    if (this.isClosed) return "closed";
    const shown = this.#current();
    if (shown === undefined) return "none";
    if (shown.stale === undefined) return "good";
    return shown.stale === "verify-failed" ? "refused" : "bridged";
  }

  /** What must be so at any moment. */
  check(): void {
    const shown = this.isClosed ? undefined : this.#current();
    if (shown !== undefined) {
      this.guard(() => this.checkGood(shown));
      this.guard(() => this.#checkBounds(shown));
    }
    this.guard(() => this.#checkCalls());
    if (this.#broken !== undefined) throw this.#broken;
  }

  async end(): Promise<void> {
    await this.close();
    await this.clock.settle();
    this.check();
    if (this.#working > 0) throw new Error("an operation is still waited for after close()");
    this.clock.assertIdle();
  }

  /** What anybody is shown as the current value. */
  checkGood(secret: Secret<string>): void {
    this.#checkWhole(secret);
    if (isBad(secret.version)) throw new Error(`the bad version ${secret.version} was seen`);
  }

  #checkWhole(secret: Secret<string>): void {
    const { user, password } = JSON.parse(secret.reveal());
    const { version } = secret;
    if (user !== `u${version}` || password !== `p${version}`) throw new Error("torn");
  }

  guard(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#broken ??= error;
    }
  }

  #current(): Secret<string> | undefined {
    try {
      return this.live?.current;
    } catch {
      return undefined;
    }
  }

  #verify(next: Secret<string>): void {
    const { version } = next;
    // The machine's sleep is time too, and the monotonic clock does not count it.
    const at = this.now();
    const before = this.#shownToHook.findLast((shown) => shown.version === version);
    this.#shownToHook.push({ version, at });
    if (!isBad(version)) return;
    if (before !== undefined && at - before.at < 100) {
      this.guard(() => {
        throw new Error("a refused version was shown to the hook again at once");
      });
    }
    throw new Error("login failed");
  }

  #checkBounds(shown: Secret<string>): void {
    const { samples } = this.store;
    const seen = samples.findLast(({ version }) => version === shown.version);
    if (seen === undefined) throw new Error("a version that the store has not given");
    const age = this.now() - seen.at;
    const { ttlMs, maxStaleMs } = this.config;
    if (age > ttlMs + maxStaleMs + tickMs) throw new Error(`\`current\` is ${age} ms old`);
    const answered = samples.findLastIndex(({ stage, version }) => stage === "current" && version !== undefined);
    const denied = samples.slice(answered + 1).find((sample) => sample.stage === "current" && sample.denied);
    if (denied !== undefined && this.now() - denied.at > graceMs + tickMs) throw new Error("shown long after a denial");
  }

  /** No storm: of one stage at most two calls of three attempts in a second. */
  #checkCalls(): void {
    for (const stage of ["current", "previous", "pending"]) {
      const times = this.store.samples.filter((sample) => sample.stage === stage).map(({ at }) => at);
      const first = times.at(-7);
      const last = times.at(-1);
      if (first !== undefined && last !== undefined && last - first < tickMs) throw new Error(`a storm for ${stage}`);
    }
  }
}
