import type { SourceFailure } from "@secretsource/core/source";
import { shownPath } from "./shown-path.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist: a part of its path is no folder",
  EISDIR: "is a folder",
  EACCES: "may not be read by the user of this process, or a folder above it not be entered",
  EPERM: "may not be read by the user of this process",
};

/**
 * That a file cannot be read, by what `node:fs` threw. Its own text is not passed on.
 *
 * @param what Begins the sentence: `The file of the secret id`.
 */
export function unreadableFile(what: string, path: string, error: unknown): SourceFailure {
  const code = codeOf(error);
  const reason = (code !== undefined && Object.hasOwn(reasons, code) && reasons[code]) || "cannot be read";
  const shown = code === undefined ? "" : ` (${code})`;
  const advice = `${what}, ${shownPath(path)}, ${reason}${shown}: check the path, and what mounts or writes it.`;
  return { failure: "unavailable", advice, ...(code !== undefined && { native: { code } }) };
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
