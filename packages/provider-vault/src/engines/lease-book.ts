import type { Lease, SourceFailure } from "@secretsource/core/source";
import { isFailureBehind, statusFailure } from "../answer/status-failures.ts";
import { isSuccess, secondsIn, textIn, textsIn, type VaultAnswer } from "../answer/vault-answer.ts";
import type { CallAnswer, Connection } from "../connection/connection.ts";
import type { HeldToken } from "../token/held-token.ts";
import { type Stopwatch, startStopwatch } from "../token/stopwatch.ts";

/** A lease that we were granted, and the token that it ends with; none behind an agent. */
interface Entry {
  readonly held: HeldToken | undefined;
  readonly since: Stopwatch;
  readonly ttlMs: number;
}

const over: SourceFailure = {
  failure: "not-found",
  advice: "The lease is over: it was revoked, has run out, or the token that it hung on has ended.",
};

const endless: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The server's answer does not say how long its lease lasts: look at what stands between us and the server.",
};
const timeless: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The server has granted a lease of no time: look at the `ttl` of the role.",
};
const overOnArrival: SourceFailure = {
  failure: "unavailable",
  advice:
    "The lease was over as it arrived: an agent had kept it for too long, or the token that it hangs on has ended.",
};

/** The leases of one source, renewed and revoked, each for as long as the token that it hangs on. */
export class LeaseBook {
  readonly #connection: Connection;
  readonly #entries = new Map<string, Entry>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The lease in the answer to a read; undefined where it has none. */
  granted(answer: CallAnswer): Lease | SourceFailure | undefined {
    const id = textIn(answer.body.lease_id);
    if (id === undefined) return undefined;
    const lease = this.#leaseIn(answer, id, answer.held);
    // That a new lease is over already is no absence of the secret.
    if (lease !== over) return lease;
    return answer.body.lease_duration === 0 ? timeless : overOnArrival;
  }

  async renew(id: string, signal: AbortSignal): Promise<Lease | SourceFailure> {
    signal.throwIfAborted();
    const held = this.#entries.get(id)?.held;
    if (held?.isOver) return over;
    const answer = await this.#call("renew", id, signal);
    if (answer.failure !== undefined) return answer;
    if (!isSuccess(answer)) return isOver(answer) ? over : refusal(answer);
    const lease = this.#leaseIn(answer, id, held ?? answer.held);
    // Its token has been replaced: the lease cannot outlast it, whatever the server grants.
    const isLeftBehind = held !== undefined && held !== answer.held;
    return "failure" in lease || !isLeftBehind ? lease : { ...lease, renewable: false };
  }

  async revoke(id: string, signal: AbortSignal): Promise<void | SourceFailure> {
    signal.throwIfAborted();
    const answer = await this.#call("revoke", id, signal);
    if (answer.failure !== undefined) return answer;
    if (!isSuccess(answer) && !isOver(answer)) return refusal(answer);
    this.#entries.delete(id);
    return undefined;
  }

  /** Gives back a credential that nobody is going to be given. Nobody waits for it, and it may fail: it then runs out. */
  abandon(answer: VaultAnswer): void {
    const id = textIn(answer.body.lease_id);
    if (id !== undefined) void this.#connection.shared((signal) => this.#call("revoke", id, signal));
  }

  #call(what: "renew" | "revoke", id: string, signal: AbortSignal) {
    const path = ["sys", "leases", what];
    const use = what === "renew" ? "lease" : "call";
    return this.#connection.call({ method: "POST", path, body: { lease_id: id }, needs: "update", use }, signal);
  }

  #leaseIn(answer: CallAnswer, id: string, held: HeldToken | undefined): Lease | SourceFailure {
    const grantedMs = secondsIn(answer.body.lease_duration);
    if (grantedMs === undefined) return endless;
    const ttlMs = Math.min(grantedMs - ageMs(answer), held?.leftMs ?? Number.POSITIVE_INFINITY);
    if (ttlMs <= 0) return over;
    this.#forgetEnded();
    this.#entries.set(id, { held, ttlMs, since: startStopwatch(this.#connection.clock) });
    return { id, ttlMs, renewable: answer.body.renewable === true };
  }

  #forgetEnded(): void {
    for (const [id, { since, ttlMs }] of this.#entries) if (since.passedMs > ttlMs) this.#entries.delete(id);
  }
}

/** How long an agent has already had the answer. */
export function ageMs({ headers }: VaultAnswer): number {
  const age = headers.age ?? "";
  return /^\d{1,9}$/.test(age) ? Number(age) * 1000 : 0;
}

function refusal(answer: VaultAnswer): SourceFailure {
  const failure = statusFailure(answer);
  return isFailureBehind(answer) ? { ...failure, thisSecretOnly: true } : failure;
}

function isOver({ status, body }: VaultAnswer): boolean {
  return (
    status === 404 || (status === 400 && /lease not found|invalid lease|lease expired/i.test(textsIn(body.errors)))
  );
}
