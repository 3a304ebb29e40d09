import { objectIn, serverTime, timeIn, type VaultAnswer } from "../answer/vault-answer.ts";

export interface KvVersionState {
  readonly number: number;
  readonly state: "there" | "deleted" | "destroyed";
}

export interface KvVersions {
  readonly current: number;
  /** Newest first. */
  readonly all: readonly KvVersionState[];
}

/** What the metadata of a secret says of its versions; undefined where it is no metadata. */
export function versionsIn(answer: VaultAnswer, now: number): KvVersions | undefined {
  const data = objectIn(answer.body.data);
  const versions = objectIn(data?.versions);
  const current = data?.current_version;
  if (versions === undefined || typeof current !== "number") return undefined;
  const at = serverTime(answer, now);
  const all = Object.entries(versions)
    .map(([number, facts]) => ({ number: Number(number), state: stateOf(objectIn(facts), at) }))
    .sort((a, b) => b.number - a.number);
  return { current, all };
}

/** A deletion that is still to come (`delete_version_after`) is none yet: by the server's own clock, as it decides. */
function stateOf(facts: Readonly<Record<string, unknown>> = {}, now: number): KvVersionState["state"] {
  if (facts.destroyed === true) return "destroyed";
  const deletionAt = timeIn(facts.deletion_time);
  return deletionAt !== undefined && deletionAt <= now ? "deleted" : "there";
}
