import type { SecretRecord } from "../src/source/secret-record.ts";
import type { VersionSelector } from "../src/source/secret-ref.ts";
import type { SecretSource } from "../src/source/secret-source.ts";
import type { SourceFailure } from "../src/source/source-failure.ts";

/** One read of a source, as core makes it. */
export function ask(
  source: SecretSource,
  name: string,
  version: VersionSelector = "current",
  signal: AbortSignal = new AbortController().signal,
): Promise<SecretRecord | SourceFailure> {
  return source.read({ name, version }, { signal, bypassCaches: false });
}

/** The failure's code and advice, or a complaint that there was a record. */
export async function failureOf(answer: Promise<SecretRecord | SourceFailure>): Promise<string> {
  const { failure, advice } = (await answer) as Partial<SourceFailure>;
  return failure === undefined ? "a record" : `${failure}: ${advice}`;
}
