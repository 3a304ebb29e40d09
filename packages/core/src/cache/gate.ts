import type { Loaded } from "./loaded.ts";

/** May refuse a new version before anybody sees it. */
export interface Gate {
  /** Settles within its own deadline; never rejects. */
  judge(next: Loaded, signal: AbortSignal): Promise<boolean>;
  /** It has let this payload pass before. */
  hasPassed(loaded: Loaded): boolean;
}

/** True if every gate has let it pass before. */
export function isProven(gates: Iterable<Gate>, loaded: Loaded): boolean {
  for (const gate of gates) if (!gate.hasPassed(loaded)) return false;
  return true;
}
