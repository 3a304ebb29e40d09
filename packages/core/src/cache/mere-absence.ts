import type { SecretsErrorCode } from "../errors/error-code.ts";
import { isAbsence } from "../policy/failure-class.ts";
import { heldOf } from "../state/entry-state.ts";
import type { Entry } from "./entry.ts";

/**
 * Whether the store's "I do not have it" is an answer like another. It is a failure where something that was held is gone;
 * but stages besides the current one come and go with every rotation.
 */
export function isMereAbsence({ ref, state, told }: Entry, code: SecretsErrorCode): boolean {
  if (!isAbsence(code)) return false;
  if (ref.version === "previous" || ref.version === "pending") return true;
  return heldOf(state) === undefined && told.gone !== true;
}
