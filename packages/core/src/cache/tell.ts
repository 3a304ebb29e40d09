import type { SecretsErrorCode } from "../errors/error-code.ts";
import type { VersionSelector } from "../source/secret-ref.ts";
import type { AboutSecret } from "../state/secrets-event.ts";
import type { Engine } from "./engine.ts";
import type { Entry } from "./entry.ts";
import type { Loaded } from "./loaded.ts";
import { isMereAbsence } from "./mere-absence.ts";

/** The part that all events about an entry share. */
export function about({ clock }: Engine, { lane, ref }: Entry): AboutSecret {
  return { source: lane.name, secretName: ref.name, selector: selectorText(ref.version), at: clock.now() };
}

export function selectorText(version: VersionSelector): string {
  if (typeof version === "string") return version;
  return "id" in version ? `id:${version.id}` : `label:${version.label}`;
}

export function tellStale(engine: Engine, entry: Entry, code: SecretsErrorCode, ageMs: number): void {
  if (entry.told.stale !== undefined || isMereAbsence(entry, code)) return;
  entry.told = { ...entry.told, stale: code };
  engine.tell({ ...about(engine, entry), type: "became-stale", code, ageMs });
}

export function tellExpired(engine: Engine, entry: Entry, code: SecretsErrorCode): void {
  if (entry.told.expired !== undefined) return;
  entry.told = { ...entry.told, expired: code };
  engine.tell({ ...about(engine, entry), type: "expired", code });
}

/** Once per version. */
export function tellRejected(engine: Engine, entry: Entry, loaded: Loaded, code: SecretsErrorCode): void {
  if (entry.told.rejected?.loaded.isSameVersion(loaded)) return;
  entry.told = { ...entry.told, rejected: { loaded, code } };
  engine.tell({ ...about(engine, entry), type: "rejected", version: loaded.version, code });
}

/** The same for what the gates have refused: once, also where the versions that they know come and go meanwhile. */
export function tellRefused(engine: Engine, entry: Entry, loaded: Loaded): void {
  const { refusal } = entry;
  if (refusal?.isTold && refusal.loaded.isSameVersion(loaded)) {
    entry.told = { ...entry.told, rejected: { loaded, code: "verify-failed" } };
    return;
  }
  if (refusal !== undefined) entry.refusal = { ...refusal, isTold: true };
  tellRejected(engine, entry, loaded, "verify-failed");
}

export function tellOutOfBudget(engine: Engine, { lane, ref }: Entry, advice = ""): void {
  engine.tell({
    type: "degraded",
    source: lane.name,
    secretName: ref.name,
    code: "mint-budget-exhausted",
    message: `No more credentials are minted for now. ${advice}`,
    at: engine.clock.now(),
  });
}
