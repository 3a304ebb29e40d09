import { AsyncLocalStorage } from "node:async_hooks";

const signals = new AsyncLocalStorage<AbortSignal>();

/**
 * The SDK hands the signal of a call on to the first page of a list and to no other: this reaches them all. For lists alone:
 * it is not free.
 */
export function withCallSignal<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  return signals.run(signal, call);
}

export function callSignal(): AbortSignal | undefined {
  return signals.getStore();
}
