import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";
import { parseDuration } from "../time/duration.ts";

/** @throws SecretsError `invalid-options` */
export function readHintOptions(options: unknown): {
  source: string | undefined;
  rejected: string | undefined;
  spreadMs: number;
} {
  const { source, rejected, spread } = readOptions(options, ["source", "rejected", "spread"], "hint's options");
  if (source !== undefined && typeof source !== "string") invalidOptions("`source` must be a source's name.");
  if (rejected !== undefined && typeof rejected !== "string") invalidOptions("`rejected` must be a version id.");
  const spreadMs = spread === undefined ? 0 : parseDuration(spread, "spread");
  return { source: source as string | undefined, rejected: rejected as string | undefined, spreadMs };
}
