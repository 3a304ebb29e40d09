import type { Engine } from "../cache/engine.ts";
import { isLastGood } from "../cache/last-good.ts";
import type { Retired } from "../cache/lease-desk.ts";
import { waitBetweenCalls } from "../policy/backoff.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { refusesRenewal, saysLeaseOver } from "../policy/lease-refusal.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import { heldOf } from "../state/entry-state.ts";

interface Drain {
  readonly lease: Retired;
  at: number;
  attempts: number;
}

const { drainMs, revokeAttempts } = policyDefaults;

/**
 * The leases of replaced credentials, until they are revoked: once those who took the credential last have had the drain
 * time to put it away. It has no timer; whoever passes by says what time it is.
 */
export class DrainList {
  readonly #engine: () => Engine;
  readonly #waiting = new Set<Drain>();
  readonly #underWay = new Set<Drain>();

  constructor(engine: () => Engine) {
    this.#engine = engine;
  }

  add(lease: Retired): void {
    const now = this.#engine().time.precise();
    const drain = { lease, at: lease.loaded === undefined ? now : now + drainMs, attempts: 0 };
    this.#waiting.add(drain);
    if (drain.at <= now) this.run(now);
  }

  /** Of those that wait; `Infinity`: there are none. */
  get nextAt(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { at } of this.#waiting) next = Math.min(next, at);
    return next;
  }

  /** Revokes what has fallen due, and forgets what is over by itself. */
  run(now: number): void {
    for (const drain of this.#waiting) {
      if (drain.at > now) continue;
      this.#waiting.delete(drain);
      if (drain.lease.endsAt > now && !isNeeded(drain.lease)) void this.#revoke(drain);
    }
  }

  /** What has not been revoked. */
  close(): readonly Retired[] {
    const left = [...this.#underWay, ...this.#waiting].map(({ lease }) => lease);
    this.#waiting.clear();
    this.#underWay.clear();
    return left;
  }

  async #revoke(drain: Drain): Promise<void> {
    const { lease } = drain;
    const { entry, grant, loaded } = lease;
    const { closing, time, random, tell, clock } = this.#engine();
    if (grant.id === undefined) return;
    // From here on nobody is given the credential any more.
    entry.earlier = entry.earlier.filter((good) => good.loaded !== loaded);
    this.#underWay.add(drain);
    const answer = await entry.lane.revoke(grant.member, grant.id, closing);
    this.#underWay.delete(drain);
    if (answer?.failure === undefined || closing.aborted || saysLeaseOver(answer.failure.failure)) return;
    if (!answer.turnedAway) drain.attempts += 1;
    if (isWorthAnother(drain, answer.failure)) {
      drain.at = time.precise() + waitBetweenCalls(Math.max(1, drain.attempts), answer.failure, random);
      this.#waiting.add(drain);
      return;
    }
    const about = { source: entry.lane.name, secretName: entry.ref.name, selector: "current", at: clock.now() };
    const message = `The lease of a replaced credential could not be revoked: ${answer.failure.failure}. It ends by itself.`;
    tell({ ...about, type: "warning", message });
  }
}

/** A reader has refused every credential since, and goes on with this one. */
function isNeeded({ entry: { told, state, earlier }, loaded }: Retired): boolean {
  if (loaded === undefined || told.rejected === undefined) return false;
  return isLastGood(loaded, heldOf(state)?.record, earlier);
}

function isWorthAnother({ attempts }: Drain, { failure }: SourceFailure): boolean {
  return attempts < revokeAttempts && !refusesRenewal(failure);
}
