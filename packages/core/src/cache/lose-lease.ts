import type { SecretsErrorCode } from "../errors/error-code.ts";
import { troubleOf } from "../state/entry-state.ts";
import { reduceTenure } from "../state/reduce-tenure.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import { about } from "./tell.ts";

/** The lease is over, and no other credential has taken the place of the one that is held. */
export function loseLease(engine: Engine, entry: Entry, code: SecretsErrorCode | undefined): void {
  if (entry.tenure.kind === "none" || entry.tenure.kind === "over") return;
  entry.tenure = reduceTenure(entry.tenure, { kind: "ended" });
  const why = code ?? troubleOf(entry.state)?.failure.failure;
  engine.tell({ ...about(engine, entry), type: "lease-lost", code: why });
}
