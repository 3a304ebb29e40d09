import type { Entry } from "../cache/entry.ts";
import { selectorText } from "../cache/tell.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import { heldOf, troubleOf } from "../state/entry-state.ts";
import { surfaced } from "../state/surfaced.ts";

/** Whether the secrets that the program cannot do without can be served. Never bad by age alone. */
export interface Health {
  /** `failed`: one cannot be served at all. `degraded`: one is served stale, its new version was refused, or it may mint no more. */
  readonly status: "ok" | "degraded" | "failed";
  /** Those that are not well. */
  readonly problems: readonly HealthProblem[];
}

export interface HealthProblem {
  readonly status: "degraded" | "failed";
  readonly source: string;
  readonly secretName: string;
  readonly selector: string;
  readonly code: SecretsErrorCode;
}

export function healthOf(entries: Iterable<Entry>, now: number): Health {
  const problems = [...entries].flatMap((entry) => problemOf(entry, now) ?? []);
  const failed = problems.some((problem) => problem.status === "failed");
  return { status: failed ? "failed" : problems.length > 0 ? "degraded" : "ok", problems };
}

function problemOf(entry: Entry, now: number): HealthProblem | undefined {
  const { state, lane, ref, told } = entry;
  const held = heldOf(state);
  const trouble = troubleOf(state);
  const about = { source: lane.name, secretName: ref.name, selector: selectorText(ref.version) };
  const refusal = trouble?.refusal?.failure.failure;
  const code = refusal ?? trouble?.failure.failure ?? lane.outage(now)?.failure.failure;
  if (code !== undefined) {
    if (held === undefined || surfaced(trouble, now, held.life) || now >= held.life.staleUntil) {
      return { status: "failed", ...about, code };
    }
    const outOfBudget = code === "mint-budget-exhausted";
    if (refusal !== undefined || outOfBudget || now >= held.life.freshUntil)
      return { status: "degraded", ...about, code };
  }
  return told.rejected === undefined ? undefined : { status: "degraded", ...about, code: told.rejected.code };
}
