import type { WireRequest } from "./wire-request.ts";

/** The requests so far, and those who wait for the next ones. */
export class RequestLog {
  readonly requests: WireRequest[] = [];
  readonly #waiting = new Map<number, PromiseWithResolvers<WireRequest>>();

  add(request: WireRequest): void {
    const n = this.requests.push(request);
    this.#waiting.get(n)?.resolve(request);
    this.#waiting.delete(n);
  }

  request(n: number): Promise<WireRequest> {
    const arrived = this.requests[n - 1];
    if (arrived !== undefined) return Promise.resolve(arrived);
    const waiting = this.#waiting.get(n) ?? Promise.withResolvers<WireRequest>();
    this.#waiting.set(n, waiting);
    return waiting.promise;
  }
}
