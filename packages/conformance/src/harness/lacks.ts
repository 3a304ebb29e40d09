import { type FaultName, faults } from "./faults.ts";
import { type SeedStep, seedSteps } from "./seed-steps.ts";

/** What a store can lack besides steps and faults. */
export type StoreFeature =
  | "network"
  | "bytes"
  | "empty-values"
  | "limit"
  | "illegal-names"
  | "requests"
  | "credentials"
  | "taken-bytes";

/** What each is, and where the harness supplies it. */
const storeFeatures: Readonly<Record<StoreFeature, string>> = {
  network: "all that only a network has; under `lacks` alone",
  bytes: "payloads that are not text; `seed.put` takes them",
  "empty-values": "payloads without content; `seed.put` takes them",
  limit: "a largest payload: `limitBytes`",
  "illegal-names": "names that the store refuses: `names.illegal`",
  requests: "a count of the requests that reached the store: `requests`",
  credentials: "the tokens that the source logs in with, to be searched for: `credentials`",
  "taken-bytes": "a count of the bytes taken of an answer that is too long: `takenBytes`",
};

/** What a step, fault or feature is, and where the harness supplies it. */
export function meaningOf(part: Lackable): string {
  if (part in storeFeatures) return storeFeatures[part as StoreFeature];
  if (part in seedSteps) return `a step: \`seed.${part}\``;
  return `the fault "${faults[part as FaultName].what}": \`faults\``;
}

export type Lackable = SeedStep | FaultName | StoreFeature;

/** What the store, or its test, cannot do, and why. It stands in the documentation as it is written here. */
export interface Lack {
  readonly what: readonly Lackable[];
  /** A whole sentence. */
  readonly because: string;
}
