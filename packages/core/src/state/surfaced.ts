import { policyDefaults } from "../policy/defaults.ts";
import type { Lifetime } from "../policy/freshness.ts";
import type { Trouble } from "./entry-state.ts";

/**
 * True once the store's no is old enough to be shown instead of the last good value. A credential that the store has
 * granted until a certain moment is not taken away by its no to another one.
 */
export function surfaced(trouble: Trouble | undefined, now: number, life?: Lifetime): boolean {
  if (life?.leased && now < life.staleUntil) return false;
  return trouble?.refusal !== undefined && now - trouble.refusal.since >= policyDefaults.refusalGraceMs;
}
