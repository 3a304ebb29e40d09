import type { SourceFailure } from "@secretsource/core/source";

export const deletedSecret: SourceFailure = {
  failure: "deleted",
  advice:
    "The secret is scheduled for deletion: `aws secretsmanager restore-secret` brings it back within its recovery window.",
};

/** The service says it in words alone, and an emulator in other words. */
export function saysDeleted(text: string): boolean {
  return /\bmarked (?:for deletion|deleted)\b/.test(text);
}
