import type { FaultName } from "../harness/faults.ts";
import type { WireAnswer } from "./wire-answer.ts";
import type { WireRequest } from "./wire-request.ts";

/** A fault of the suite, or one in the dialect of one service. */
export type WireFault = FaultName | WireAnswer | ((request: WireRequest) => WireAnswer);

/** To which requests a fault happens. */
export interface FaultScope {
  /** To so many of them. Default: to all, until `heal()`. */
  readonly times?: number;
  /** To these alone, such as all but logins. The connection is left alone until one of them has arrived on it. */
  readonly where?: (request: WireRequest) => boolean;
}

/** What brings faults about, on a server or on the way to one. */
export interface FaultInjector {
  /** From now on; after those that were injected before and are not yet used up. */
  inject(fault: WireFault, scope?: FaultScope): Promise<void>;
  /** Ends every fault. */
  heal(): Promise<void>;
  /** The text of each request that reached the other host of the fault `redirect`, headers and body included. */
  readonly elsewhere: readonly string[];
  /** Bytes of the answers of the fault `huge` that clients have taken, with what lies in the buffers on the way. */
  readonly takenBytes: number;
}
