/** What the store says to whom asks for a credential. */
export type MintWeather = "fine" | "loses answers" | "hangs" | "unreachable" | "denies" | "throttles" | "throws";
/** What it says to whom asks for a renewal. */
export type RenewWeather = "fine" | "truncates" | "last time" | "refuses" | "unreachable" | "hangs" | "throws";

/** The longest wait before the next call: the longest backoff, or what the store has asked for. */
const longestBackoff = 61_000;
const longestCall = 10_000;

export const names = ["a", "b", "c"] as const;
export type Name = (typeof names)[number];

export interface LeaseConfig {
  readonly seed: number;
  readonly ttlMs: number;
  readonly renewable: boolean;
  /** A second source that never fails, and has no leases. */
  readonly fallback: boolean;
  readonly evicting: boolean;
  readonly watched: boolean;
}

/** A credential that was made. */
export interface Credential {
  readonly id: string;
  readonly name: Name;
  readonly number: number;
  readonly madeAt: number;
  /** What the store has said of its end. */
  endsAt: number;
  /** The store has ended it, whatever it has said. */
  over: boolean;
  revoked: boolean;
  deliveredAt: number | undefined;
  /** When another took its place. */
  replacedAt: number | undefined;
  /** When a renewal was answered with "there is no such lease". */
  toldOverAt: number;
  /** A verify hook has refused it before anybody has seen it. */
  refused: boolean;
}

/** All that is true at the store, and all that it was asked. */
export class LeaseReference {
  readonly config: LeaseConfig;
  readonly credentials: Credential[] = [];
  /** What each secret's entry was given last: a credential, or the fallback's value. */
  readonly given = new Map<Name, Credential | "static">();
  /** And what before that. */
  readonly heldBefore = new Map<Name, Credential | "static">();
  readonly asked = new Map<string, number>();
  /** When something was last in the way of an answer. */
  lastTrouble = Number.NEGATIVE_INFINITY;
  /** When a call last left, and when one was last answered well. */
  lastCall = Number.NEGATIVE_INFINITY;
  lastSuccess = Number.NEGATIVE_INFINITY;
  minting: MintWeather = "fine";
  renewing: RenewWeather = "fine";
  revoking: "fine" | "unreachable" | "refuses" = "fine";
  latencyMs = 0;
  closed: "no" | "left" | "revoked" = "no";
  underWay = 0;
  /** The process has stood still while a call was on its way. */
  isLate = false;

  constructor(config: LeaseConfig) {
    this.config = config;
  }

  give(name: Name, what: Credential | "static", now: number): void {
    const before = this.given.get(name);
    if (before !== undefined) this.heldBefore.set(name, before);
    if (typeof before === "object") before.replacedAt = now;
    this.given.set(name, what);
  }

  /** A verify hook has refused it: what was there before is there still. */
  takeBack(refused: Credential): void {
    refused.refused = true;
    if (this.given.get(refused.name) !== refused) return;
    const before = this.heldBefore.get(refused.name);
    if (before === undefined) this.given.delete(refused.name);
    else this.given.set(refused.name, before);
    if (typeof before === "object") before.replacedAt = undefined;
  }

  /** Something is wrong, or was a backoff ago; or one call finds out at this moment whether it still is. */
  isTroubled(now: number): boolean {
    if (this.isLate || this.minting !== "fine" || now - this.lastTrouble <= longestBackoff) return true;
    const isFindingOut = this.lastSuccess <= this.lastTrouble || this.lastSuccess === now;
    return isFindingOut && (this.underWay > 0 || now - this.lastCall <= longestCall);
  }

  /** The good credential that the program has of this secret. The fallback's value ages as any other does. */
  inHand(name: Name, now: number): Credential | undefined {
    const given = this.given.get(name);
    if (given === undefined || given === "static") return undefined;
    return given.endsAt > now && now < given.toldOverAt ? given : undefined;
  }

  ofPayload(payload: string): Credential | "static" {
    if (payload === "static") return "static";
    const found = this.credentials[Number(payload.split(" ")[1])];
    if (found === undefined) throw new Error(`nobody has made ${payload}`);
    return found;
  }
}
