import type { SecretSource } from "../source/secret-source.ts";

/** A source's own watch: what it rejects with is its end like any other, and after the abort it is not heard. */
export async function listen(
  source: SecretSource,
  name: string,
  changed: () => void,
  signal: AbortSignal,
): Promise<void> {
  const report = () => {
    if (!signal.aborted) changed();
  };
  try {
    await source.watch?.(name, report, { signal, bypassCaches: false });
  } catch {
    // It may quote a value, and core looks by itself whatever it was.
  }
}
