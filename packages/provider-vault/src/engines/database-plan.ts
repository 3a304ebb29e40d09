import { readBelow } from "./engine-request.ts";
import type { MintingPlan } from "./minting.ts";

/** A database user of its own for each read. */
export function databasePlan(mount: readonly string[]): MintingPlan {
  return { request: (role) => readBelow([...mount, "creds"], role) };
}
