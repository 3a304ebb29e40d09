import type { SecretSource, SourceContext, SourceFailure } from "@secretsource/core/source";

/**
 * What core would make of one call of a source: a failure that it returns, or whatever escapes from it as its `classify`
 * names it; `aborted` where the signal was, and `unknown` where `classify` has no name for it.
 */
export async function outcomeOf<T>(
  source: SecretSource,
  context: SourceContext,
  call: (context: SourceContext) => Promise<T>,
): Promise<T | SourceFailure> {
  try {
    return await call(context);
  } catch (error) {
    if (context.signal.aborted) return { failure: "aborted" };
    return source.classify(error) ?? { failure: "unknown" };
  }
}

export function isFailure(answer: unknown): answer is SourceFailure {
  return typeof answer === "object" && answer !== null && "failure" in answer && answer.failure !== undefined;
}
