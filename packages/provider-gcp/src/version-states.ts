import type { SourceFailure } from "@secretsource/core/source";

export type VersionState = "enabled" | "disabled" | "destroyed";

const states: ReadonlyMap<unknown, VersionState> = new Map<unknown, VersionState>([
  ["ENABLED", "enabled"],
  [1, "enabled"],
  ["DISABLED", "disabled"],
  [2, "disabled"],
  ["DESTROYED", "destroyed"],
  [3, "destroyed"],
]);

/** By its name or its number; undefined for what is none of the service's states. */
export function versionStateOf(state: unknown): VersionState | undefined {
  return states.get(state);
}

export const disabled: SourceFailure = {
  failure: "disabled",
  advice:
    "The version is disabled: enable it (`gcloud secrets versions enable`), or add a new one. One that is to be destroyed later is disabled until then.",
};

export const destroyed: SourceFailure = {
  failure: "deleted",
  advice: "The version is destroyed for good: add a new one (`gcloud secrets versions add`).",
};

/** The failure of a version that cannot be used; undefined for one that can. */
export function stateFailure(state: VersionState): SourceFailure | undefined {
  return state === "enabled" ? undefined : state === "disabled" ? disabled : destroyed;
}
