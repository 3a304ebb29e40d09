import { randomBytes } from "node:crypto";
import type { WireAnswer } from "@secretsource/conformance/wire";
import type { FakeRequest } from "./fake-request.ts";
import type { FakeToken } from "./fake-token.ts";
import { nothing, refuse, reply } from "./reply.ts";

export interface FakeLeaseRules {
  /** Seconds. */
  readonly ttl: number;
  /** Seconds, renewals included. */
  readonly maxTtl?: number;
  readonly renewable?: boolean;
}

interface FakeLease {
  readonly rules: FakeLeaseRules;
  readonly token: FakeToken | undefined;
  readonly createdAt: number;
  endsAt: number;
}

/** `sys/leases`. A lease ends with the token that made it. */
export class FakeLeases {
  readonly all = new Map<string, FakeLease>();
  /** Ended by `sys/leases/revoke`, in that order. */
  readonly revoked: string[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The parts of an answer that tell of a new lease. */
  grant(path: string, rules: FakeLeaseRules, token: FakeToken | undefined): object {
    const id = `${path}/${randomBytes(12).toString("base64url")}`;
    const now = this.#now();
    this.all.set(id, { rules, token, createdAt: now, endsAt: now + rules.ttl * 1000 });
    return { lease_id: id, lease_duration: rules.ttl, renewable: rules.renewable ?? true };
  }

  endsWith(token: FakeToken): void {
    for (const [id, lease] of this.all) if (lease.token === token) this.all.delete(id);
  }

  handle({ below, body }: FakeRequest): WireAnswer {
    const id = String(body.lease_id);
    if (below === "revoke") {
      if (this.all.delete(id)) this.revoked.push(id);
      return nothing;
    }
    if (below !== "renew") return refuse(404);
    const lease = this.all.get(id);
    const now = this.#now();
    if (lease === undefined || lease.endsAt <= now) return refuse(400, "lease not found");
    const { ttl, maxTtl = Number.POSITIVE_INFINITY, renewable = true } = lease.rules;
    if (!renewable) return refuse(400, "lease is not renewable");
    lease.endsAt = Math.min(now + ttl * 1000, lease.createdAt + maxTtl * 1000);
    return reply({ lease_id: id, lease_duration: Math.floor((lease.endsAt - now) / 1000), renewable: true });
  }
}
