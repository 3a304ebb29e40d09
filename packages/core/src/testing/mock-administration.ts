import { storedPayload } from "../built-in/memory-value.ts";
import { displayName } from "../errors/display-name.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";
import { parseDuration } from "../time/duration.ts";
import { mintTerms } from "./minted.ts";
import type { MockControls } from "./mock-controls.ts";
import type { MockParts } from "./mock-methods.ts";
import { MockMint } from "./mock-mint.ts";
import { refusal } from "./mock-store.ts";
import type { VersionFacts, Withdrawal } from "./mock-versions.ts";

type Administration = Pick<
  MockControls,
  | "define"
  | "absent"
  | "rotate"
  | "stage"
  | "promote"
  | "rollBack"
  | "label"
  | "annotate"
  | "disable"
  | "remove"
  | "expireLease"
>;

/** What changes the secrets. */
export function administrationOf({ clock, store, leases }: MockParts): Administration {
  const withdraw = (how: Withdrawal, name: string, versionId: string | undefined) => {
    if (versionId === undefined) store.secret(name).withdrawn = how;
    else if (!store.versions(name).withdraw(how, versionId)) throw noVersion(name, versionId);
  };
  return {
    define: (name, value) => store.define(name, value),
    absent: (name) => store.absent(name),
    rotate: (name, next) => store.versions(name).rotate(payloadOf(name, next), clock.now()),
    stage: (name, next) => store.versions(name).stage(payloadOf(name, next), clock.now()),
    promote(name) {
      if (!store.versions(name).promote()) throw refusal(name, "Nothing is pending: call stage() first.");
    },
    rollBack(name) {
      if (!store.versions(name).rollBack()) throw refusal(name, "There is no previous version: call rotate() first.");
    },
    label(name, label, versionId) {
      if (typeof label !== "string" || label === "") invalidOptions("A label must be a string, not empty.");
      const found = store.versions(name).label(label, versionId === undefined ? "current" : { id: versionId });
      if (!found) throw noVersion(name, versionId ?? "current");
    },
    annotate(name, facts) {
      store.versions(name).annotate(readFacts(facts, clock.now()));
    },
    disable: (name, versionId) => withdraw("disabled", name, versionId),
    remove: (name, versionId) => withdraw("deleted", name, versionId),
    expireLease(name) {
      if (!(store.secret(name) instanceof MockMint))
        throw refusal(name, "It is not minted and has no leases: seed it with minted(), in a source of its own.");
      leases.expire(name);
    },
  };
}

function payloadOf(name: string, value: unknown): string | Uint8Array {
  if (mintTerms(value) === undefined) return storedPayload(value, name);
  throw refusal(name, "It has versions, and what minted() makes has none.");
}

function readFacts(facts: unknown, now: number): VersionFacts {
  const known = ["metadata", "validFrom", "validUntil", "changesIn", "warnings"] as const;
  const { changesIn, ...said } = readOptions(facts, known, "What annotate() takes");
  const given = Object.fromEntries(Object.entries(said).filter(([, fact]) => fact !== undefined)) as VersionFacts;
  return changesIn === undefined ? given : { ...given, changesAt: now + parseDuration(changesIn, "changesIn") };
}

function noVersion(name: string, id: string) {
  return refusal(name, `There is no version ${displayName(id)}: rotate() and stage() give the ids.`);
}
