import type { FaultName } from "./faults.ts";
import type { SeedStep } from "./seed-steps.ts";

/**
 * What a store can lack besides steps and faults: `network` stands for all that only a network has, `bytes` for
 * payloads that are not text, `empty-values` for payloads without content, `limit` for a largest payload,
 * `illegal-names` for names that it refuses, `requests` for a count of its requests, `credentials` for tokens that the
 * source logs in with, `taken-bytes` for a count of the bytes that it takes of an answer that is too long.
 */
export type StoreFeature =
  | "network"
  | "bytes"
  | "empty-values"
  | "limit"
  | "illegal-names"
  | "requests"
  | "credentials"
  | "taken-bytes";

export type Lackable = SeedStep | FaultName | StoreFeature;

/** What the store, or its test, cannot do, and why. It stands in the documentation as it is written here. */
export interface Lack {
  readonly what: readonly Lackable[];
  /** A whole sentence. */
  readonly because: string;
}
