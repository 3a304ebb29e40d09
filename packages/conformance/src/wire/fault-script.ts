import type { Exchange } from "./exchange.ts";
import { faultBehaviours } from "./fault-behaviours.ts";
import type { FaultScope, WireFault } from "./fault-injector.ts";
import { writeAnswer } from "./wire-answer.ts";
import type { WireRequest } from "./wire-request.ts";

interface Entry {
  readonly fault: WireFault;
  readonly where: FaultScope["where"];
  left: number;
}

/** The faults that are still to happen, in their order. */
export class FaultScript {
  #entries: Entry[] = [];

  add(fault: WireFault, { times = Number.POSITIVE_INFINITY, where }: FaultScope = {}): void {
    if (fault === "down" && (where !== undefined || times !== Number.POSITIVE_INFINITY)) {
      throw new TypeError("A server that is down is down for everybody: `down` has no scope.");
    }
    this.#entries.push({ fault, where, left: times });
  }

  clear(): void {
    this.#entries = [];
  }

  /** True where the next connection is to be reset before anything is read from it. */
  takeConnection(): boolean {
    const [next] = this.#entries;
    if (next?.fault !== "reset-before" || next.where !== undefined) return false;
    this.#use(next);
    return true;
  }

  /** The fault that happens to this request. */
  takeRequest(request: WireRequest): WireFault | undefined {
    const next = this.#entries.find(({ where }) => where?.(request) ?? true);
    if (next !== undefined) this.#use(next);
    return next?.fault;
  }

  #use(entry: Entry): void {
    entry.left -= 1;
    if (entry.left <= 0) this.#entries = this.#entries.filter((one) => one !== entry);
  }
}

export function suffer(fault: WireFault, exchange: Exchange): void | Promise<void> {
  if (typeof fault === "string") return faultBehaviours[fault](exchange);
  writeAnswer(exchange.response, typeof fault === "function" ? fault(exchange.request) : fault);
}
