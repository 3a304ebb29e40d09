import type { SecretSource, VersionSelector } from "@secretsource/core/source";

/** What core makes of one read. */
export async function ask(source: SecretSource, name: string, version: VersionSelector = "current") {
  const context = { signal: AbortSignal.timeout(5000), bypassCaches: false };
  try {
    return await source.read({ name, version }, context);
  } catch (error) {
    const failure = source.classify(error, "read");
    if (failure === undefined) throw error;
    return failure;
  }
}

/** The text of a record's bytes, or the failure. */
export async function askText(source: SecretSource, name: string, version: VersionSelector = "current") {
  const answer = await ask(source, name, version);
  return answer.failure === undefined ? Buffer.from(answer.payload).toString("utf8") : answer.failure;
}
