import type { SourceFailure } from "@secretsource/core/source";

const aboutTheResource: ReadonlySet<SourceFailure["failure"]> = new Set([
  "not-found",
  "version-not-found",
  "disabled",
  "deleted",
  "access-denied",
  "decryption-failed",
  "invalid-request",
]);

const escapedId = /\/secrets\/[^/]*-_/;
const scheme =
  " A `-_` is an escape of a short name, in which a slash stands for `--`: an id of another form is asked for by its full name.";

/**
 * The failure with the resource that was asked for, where that is what it is about. A short name says neither the project, nor
 * the location, nor the id, and each of them may be the mistake.
 */
export function withResource(failure: SourceFailure, resource: string): SourceFailure {
  if (failure.advice === undefined || !aboutTheResource.has(failure.failure)) return failure;
  // A secret that is not there may look like one that is denied.
  const mayBeAnother = failure.failure === "not-found" || failure.failure === "access-denied";
  const hint = mayBeAnother && escapedId.test(resource) ? scheme : "";
  return { ...failure, advice: `${failure.advice} It was asked for as ${resource}.${hint}` };
}
