import { versionProblem } from "../policy/secret-name.ts";
import type { SourceProbe } from "../source/secret-source.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { Checked } from "./ask-once.ts";
import { checkAnswer, isFailure, wrong } from "./check-answer.ts";

/** What a probe found; `turnedAway` as in a read's answer. */
export type ProbeAnswer =
  | { readonly probe: SourceProbe; readonly failure?: undefined }
  | { readonly failure: SourceFailure; readonly turnedAway: boolean };

/** A probe's answer as core may rely on it. */
export function checkProbe(answer: unknown): Checked<SourceProbe> {
  try {
    const { version, changesInMs } = answer as Partial<SourceProbe>;
    if (typeof version === "string") {
      const problem = versionProblem(version);
      if (problem !== undefined) return { failure: wrong(`\`version\` ${problem}`) };
      return { value: Number.isFinite(changesInMs) ? { version, changesInMs: Number(changesInMs) } : { version } };
    }
  } catch {
    // No object, or one that throws when read.
  }
  const checked = checkAnswer(answer);
  if (isFailure(checked)) return { failure: checked };
  return { failure: { failure: "unknown", advice: "The source's probe did not answer with a version." } };
}
