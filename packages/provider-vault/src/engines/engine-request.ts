import type { SourceFailure } from "@secretsource/core/source";
import { pathProblem } from "../connection/segments.ts";
import type { VaultCall } from "../connection/vault-call.ts";

/** A GET below a mount, for a name that is the rest of the path. */
export function readBelow(
  base: readonly string[],
  name: string,
  query?: Readonly<Record<string, string>>,
): VaultCall | SourceFailure {
  const advice = pathProblem(name);
  if (advice !== undefined) return { failure: "invalid-request", advice };
  return { method: "GET", path: [...base, ...name.split("/")], query, needs: "read" };
}
