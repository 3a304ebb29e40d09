import { SecretsInstance } from "../../src/client/secrets-instance.ts";
import type { SecretsError } from "../../src/errors/secrets-error.ts";
import type { LiveSecret } from "../../src/rotation/live-secret.ts";
import { virtualClock } from "../../src/testing/virtual-clock.ts";
import { seededRandom } from "../seeded-random.ts";
import { checkCurrent, checkGiven, checkRefused } from "./lease-promises.ts";
import { type Credential, type LeaseConfig, LeaseReference, type Name, names } from "./lease-reference.ts";
import { leaseStore, staticStore } from "./lease-store.ts";
import { MintAccount } from "./mint-account.ts";

/** The real thing, with a watch on it. */
export class LeaseRig {
  readonly clock = virtualClock();
  readonly reference: LeaseReference;
  readonly secrets: SecretsInstance;
  readonly #accounts = new Map<Name, MintAccount>(names.map((name) => [name, new MintAccount()]));
  readonly #live: { readonly name: Name; readonly live: LiveSecret<string> }[] = [];
  readonly #impatient: AbortController[] = [];
  #waiting = 0;
  #broken: unknown;
  /** Since when the scheduler has had its ticks. */
  #tickingSince = 0;
  steps = 0;

  constructor(config: LeaseConfig) {
    this.reference = new LeaseReference(config);
    const minting = leaseStore(this.reference, this.clock, this.#accounts, (error) => this.#break(error));
    const members = config.fallback ? [minting, staticStore(this.reference, this.clock)] : [minting];
    const when = new Set(["unavailable", "timeout", "throttled"] as const);
    this.secrets = new SecretsInstance({
      sources: [{ name: "model", members, when, policy: { ttlMs: 60_000, maxStaleMs: 600_000 } }],
      defaultName: "model",
      clock: this.clock,
      random: seededRandom(config.seed),
      ...(config.evicting && { limits: { maxEntries: 1, maxBytes: 20 } }),
    });
  }

  ask(name: Name, how: { readonly refresh: boolean; readonly impatient: boolean }): void {
    const controller = new AbortController();
    if (how.impatient) this.#impatient.push(controller);
    const options = { refresh: how.refresh, signal: controller.signal };
    const plain = !how.refresh && !how.impatient;
    const answer = plain ? this.secrets.getSecret(name) : this.secrets.getSecret(name, options);
    this.#waiting += 1;
    answer
      .then(
        (secret) => this.#guard(() => checkGiven(this.reference, name, secret.reveal(), this.clock.now())),
        async (error: SecretsError) => {
          // Another call of the same turn may still be leaving.
          for (let hop = 0; hop < 50; hop += 1) await Promise.resolve();
          const account = this.#accounts.get(name) as MintAccount;
          this.#guard(() => checkRefused(this.reference, name, error, how.refresh, account, this.clock.now()));
        },
      )
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  leave(): void {
    this.#impatient.shift()?.abort();
  }

  /** @param refusing Of the new credentials that it is shown, it refuses every other one. */
  watch(name: Name, refusing: boolean): void {
    let established = false;
    const verify = (next: { reveal(): string }) => {
      const credential = this.reference.ofPayload(next.reveal());
      if (!established || !refusing || credential === "static" || credential.number % 2 === 0) return;
      this.reference.lastTrouble = this.clock.now();
      this.reference.takeBack(credential);
      throw new Error("refused");
    };
    this.secrets.watchSecret(name, { verify: verify as never }).then(
      (live) => {
        established = true;
        this.#live.push({ name, live: live as LiveSecret<string> });
      },
      () => {},
    );
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms);
    this.#movesOn();
    this.#checkLive();
  }

  async freeze(ms: number): Promise<void> {
    await this.clock.settle();
    this.#standsStill();
    this.clock.freeze(`${ms}ms` as "1ms");
    this.#tickingSince = this.clock.monotonic();
  }

  async stall(ms: number): Promise<void> {
    await this.clock.settle();
    this.#standsStill();
    await this.clock.stall(ms);
    this.#movesOn();
    this.#tickingSince = this.clock.monotonic();
  }

  async close(revoke: boolean): Promise<void> {
    const { reference } = this;
    if (reference.closed !== "no") return;
    const now = this.clock.now();
    const inUse = names.flatMap((name) => reference.inHand(name, now) ?? []);
    await this.clock.settle();
    const closing = this.secrets.close({ revoke });
    reference.closed = revoke ? "revoked" : "left";
    const error = await this.clock.until(closing, "1m").then(
      () => undefined,
      (reason: SecretsError) => reason,
    );
    // Of one the store may have said meanwhile that it is over: nobody has to end it.
    const stillLasts = ({ revoked, endsAt, toldOverAt }: Credential, at: number) =>
      !revoked && endsAt > at && at < toldOverAt;
    const left = inUse.filter((credential) => stillLasts(credential, this.clock.now()));
    if (!revoke && error !== undefined) throw error;
    if (revoke && error === undefined && left.length > 0) throw new Error(`${left[0]?.id} is left, and nobody says so`);
    if (revoke && reference.revoking === "fine" && !this.#isOut && error !== undefined) throw error;
  }

  async end(): Promise<void> {
    await this.close(false);
    await this.clock.settle();
    this.throwBroken();
    if (this.#waiting > 0) throw new Error(`${this.#waiting} readers still wait after close()`);
    if (this.reference.underWay > 0) throw new Error("a call goes on after close()");
    this.clock.assertIdle();
  }

  throwBroken(): void {
    if (this.#broken !== undefined) throw this.#broken;
  }

  get #isOut(): boolean {
    return this.reference.isTroubled(this.clock.now()) || this.reference.latencyMs > 0;
  }

  /** What is on its way arrives late, and is perhaps over by then. */
  #standsStill(): void {
    if (this.reference.underWay > 0) this.reference.isLate = true;
  }

  #movesOn(): void {
    if (this.reference.isLate) this.reference.lastTrouble = this.clock.now();
    this.reference.isLate = false;
  }

  #checkLive(): void {
    if (this.reference.closed !== "no" || this.clock.monotonic() - this.#tickingSince < 2000) return;
    for (const { name, live } of this.#live) {
      let current: Parameters<typeof checkCurrent>[2];
      try {
        current = { payload: live.current.reveal() };
      } catch (error) {
        current = { error: error as SecretsError };
      }
      this.#guard(() => checkCurrent(this.reference, name, current, this.clock.now()));
    }
  }

  #guard(check: () => void): void {
    try {
      check();
    } catch (error) {
      this.#break(error);
    }
  }

  #break(error: unknown): void {
    this.#broken ??= error;
  }
}
