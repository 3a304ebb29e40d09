import type { Grant } from "../state/tenure.ts";
import type { Entry } from "./entry.ts";
import type { Loaded } from "./loaded.ts";

/** A lease whose credential has been replaced. */
export interface Retired {
  readonly entry: Entry;
  readonly grant: Grant;
  /** Undefined where nobody has seen the credential. */
  readonly loaded: Loaded | undefined;
  /** When it is over by itself, on the instance's time. */
  readonly endsAt: number;
}

/** What is told of leases by those who hold the credentials. */
export interface LeaseDesk {
  /**
   * A credential is about to be made for the entry: true where it may be, until `left`. No more are held at once than the
   * memory takes entries, those that are watched or required not counted.
   */
  arriving(entry: Entry): boolean;
  /** It has been made, or has not. */
  left(entry: Entry): void;
  /** How long until the first of those that are held is over, ms. */
  nextEndMs(): number;
  /** The entry holds a credential with a lease. */
  granted(entry: Entry): void;
  /** Its lease is to be revoked: once nobody uses it any more, or at once where nobody has seen it. */
  retired(lease: Retired): void;
  /** Somebody reads: whatever has fallen due meanwhile is done. */
  passBy(now: number): void;
}
