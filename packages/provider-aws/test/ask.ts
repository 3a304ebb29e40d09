import type { SecretSource, SourceContext, VersionSelector } from "@secretsource/core/source";

const context = (): SourceContext => ({ signal: AbortSignal.timeout(5000), bypassCaches: false });

/** What core makes of what a source throws. */
async function outcome<T>(source: SecretSource, call: () => Promise<T>) {
  try {
    return await call();
  } catch (error) {
    const failure = source.classify(error);
    if (failure === undefined) throw error;
    return failure;
  }
}

export function ask(source: SecretSource, name: string, version: VersionSelector = "current") {
  return outcome(source, () => source.read({ name, version }, context()));
}

export function askProbe(source: SecretSource, name: string, version: VersionSelector = "current") {
  return outcome(source, async () => source.probe?.({ name, version }, context()));
}

export function askBatch(source: SecretSource, names: readonly string[], version: VersionSelector = "current") {
  const refs = names.map((name) => ({ name, version }));
  return outcome(source, async () => source.batch?.read(refs, context()));
}
