import { policyDefaults } from "../policy/defaults.ts";
import type { Trouble } from "./entry-state.ts";

/** True once the store's no is old enough to be shown instead of the last good value. */
export function surfaced(trouble: Trouble | undefined, now: number): boolean {
  return trouble?.refusal !== undefined && now - trouble.refusal.since >= policyDefaults.refusalGraceMs;
}
