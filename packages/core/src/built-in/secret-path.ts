import type { SourceFailure } from "../source/source-failure.ts";

// Beside the separator: drive letters and streams, patterns, and the endings that Windows drops (`db.` is `db`).
const foreignToWindows = /[\\:<>"|?*]|[. ]$/;

/**
 * The path of a secret below the source's folder, segment by segment, or why its name cannot be one. Nothing is
 * normalised: two names never become one path.
 */
export function secretPath(
  name: string,
  platform: NodeJS.Platform = process.platform,
): readonly string[] | SourceFailure {
  const segments = name.split("/");
  if (segments.includes("")) {
    return refused("begins or ends with a slash, or holds two in a row: write the path below the source's folder");
  }
  if (segments.includes(".") || segments.includes("..")) {
    return refused('holds a "." or ".." segment: write the path without it');
  }
  if (segments.some((segment) => segment.startsWith(".."))) {
    return refused("holds a segment that begins with two dots; those are reserved for the volume's own entries");
  }
  if (name.includes("\0")) return refused("holds a NUL character");
  if (platform === "win32" && segments.some((segment) => foreignToWindows.test(segment))) {
    return refused("holds what a file's name cannot hold on Windows; separate segments by a plain slash");
  }
  return segments;
}

function refused(what: string): SourceFailure {
  return {
    failure: "invalid-request",
    advice: `The name of a secret is a path below the source's folder; this one ${what}.`,
  };
}
