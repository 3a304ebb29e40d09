import type { SecretSource, VersionSelector } from "@secretsource/core/source";

/** What core makes of one read. */
export async function ask(source: SecretSource, name: string, version: VersionSelector = "current") {
  const context = { signal: AbortSignal.timeout(2000), bypassCaches: false };
  try {
    return await source.read({ name, version }, context);
  } catch (error) {
    const failure = source.classify(error);
    if (failure === undefined) throw error;
    return failure;
  }
}
