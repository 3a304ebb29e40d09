import type { SourceFailure } from "@secretsource/core/source";
import { statusFailure } from "../answer/status-failures.ts";
import { objectIn, textsIn, type VaultAnswer } from "../answer/vault-answer.ts";

const native = { status: 404 };

/** What a 404 of version 2 says: a version that was deleted or destroyed comes with its metadata. */
export function versionedAbsence(answer: VaultAnswer): SourceFailure {
  const metadata = objectIn(objectIn(answer.body.data)?.metadata);
  if (metadata !== undefined) return metadata.destroyed === true ? destroyed : deleted;
  return plainAbsence(answer);
}

/** A 404 without any word in it is the server's way to say that it has nothing there. */
export function plainAbsence(answer: VaultAnswer): SourceFailure {
  if (answer.status !== 404) return statusFailure(answer);
  return textsIn(answer.body.errors) === "" ? absent : statusFailure(answer);
}

export const destroyed: SourceFailure = {
  failure: "deleted",
  advice: "The version is destroyed for good: write the secret anew (`vault kv put`).",
  native,
};

export const deleted: SourceFailure = {
  failure: "deleted",
  advice: "The version is deleted and can be brought back: `vault kv undelete -versions=N`.",
  native,
};

export const absent: SourceFailure = {
  failure: "not-found",
  advice: "Write it with `vault kv put`, or check the name and `mount`. Some policies let an absence look like this.",
  native,
};

export const versionAbsent: SourceFailure = {
  failure: "version-not-found",
  advice: "The secret has no such version; `vault kv metadata get` lists those there are.",
  native,
};
