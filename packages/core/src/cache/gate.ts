import type { Loaded } from "./loaded.ts";

/** May refuse a new version before anybody sees it. Settles within its own deadline; never rejects. */
export type Gate = (next: Loaded, signal: AbortSignal) => Promise<boolean>;

/** True if every gate lets it pass. They are asked at once. */
export async function passes(gates: Iterable<Gate>, next: Loaded, signal: AbortSignal): Promise<boolean> {
  const verdicts = await Promise.all([...gates].map((gate) => gate(next, signal)));
  return verdicts.every((accepted) => accepted);
}
