import type { Lease } from "../source/lease.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { Clock } from "../time/clock.ts";
import type { MintTerms } from "./minted.ts";

interface Grant {
  readonly name: string;
  readonly terms: MintTerms;
  readonly lastsUntil: number;
  readonly endsAt: number;
}

/** The leases of a mock that mints. */
export class MockLeases {
  readonly #clock: Clock;
  readonly #grants = new Map<string, Grant>();
  readonly #names = new Map<string, string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  grant(name: string, terms: MintTerms): Lease {
    const id = `${name}/lease-${this.#names.size + 1}`;
    const now = this.#clock.now();
    const lastsUntil = now + terms.maxTtlMs;
    this.#names.set(id, name);
    const grant = { name, terms, lastsUntil, endsAt: Math.min(now + terms.ttlMs, lastsUntil) };
    this.#grants.set(id, grant);
    return this.#lease(id, grant);
  }

  renew(id: string): Lease | SourceFailure {
    const grant = this.#grants.get(id);
    const now = this.#clock.now();
    if (grant === undefined || now >= grant.endsAt) {
      return { failure: "not-found", advice: "The lease has ended: read the secret again." };
    }
    const { terms, lastsUntil } = grant;
    if (!terms.renewable) return { failure: "invalid-request", advice: "The lease is not renewable." };
    const renewed = { ...grant, endsAt: Math.min(now + terms.ttlMs, lastsUntil) };
    this.#grants.set(id, renewed);
    return this.#lease(id, renewed);
  }

  /** One that has ended already is revoked all the same. */
  revoke(id: string): void {
    this.#grants.delete(id);
  }

  /** Ends all leases of the name at once. */
  expire(name: string): void {
    for (const [id, grant] of this.#grants) if (grant.name === name) this.#grants.delete(id);
  }

  /** Whose lease it is, or was; the id itself for one that was never granted. */
  nameOf(id: string): string {
    return this.#names.get(id) ?? id;
  }

  #lease(id: string, { endsAt, terms }: Grant): Lease {
    return { id, ttlMs: endsAt - this.#clock.now(), renewable: terms.renewable };
  }
}
