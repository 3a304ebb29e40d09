import type { SecretSource, VersionSelector } from "@secretsource/core/source";

/** What core makes of what a source says, or throws. */
export async function ask(
  source: SecretSource,
  name: string,
  version: VersionSelector = "current",
  signal: AbortSignal = AbortSignal.timeout(5000),
) {
  try {
    return await source.read({ name, version }, { signal, bypassCaches: false });
  } catch (error) {
    const failure = source.classify(error, "read");
    if (failure === undefined) throw error;
    return failure;
  }
}
