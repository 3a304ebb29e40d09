import type { SourceFailure } from "@secretsource/core/source";

export const tooLarge: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The answer is longer than any answer of Secret Manager: does something else answer at the endpoint?",
};

export const garbled: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The answer is none of Secret Manager's: does something else answer at the endpoint?",
};
