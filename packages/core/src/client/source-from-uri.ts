import { envSource } from "../built-in/env-source.ts";
import { fileSource } from "../built-in/file-source.ts";
import { displayName } from "../errors/display-name.ts";
import { isSecretsError, SecretsError } from "../errors/secrets-error.ts";
import type { SecretSource } from "../source/secret-source.ts";
import type { SourceScheme } from "../source/source-scheme.ts";

const schemePattern = /^([a-z][a-z0-9-]*):/;

/**
 * The source that a URI names.
 *
 * @throws SecretsError `not-configured` where there is no URI, `invalid-options` where it names no source.
 */
export function sourceFromUri(uri: unknown, schemes: unknown): SecretSource {
  if (uri === undefined || uri === "") {
    throw new SecretsError({
      code: "not-configured",
      advice:
        "Call configureSecrets({ source }) at start-up, or set the environment variable SECRETSOURCE to a source's URI, such as `env:` or `file:./secrets`.",
    });
  }
  const all: readonly SourceScheme[] = [...checkedSchemes(schemes), envSource, fileSource];
  const scheme = typeof uri === "string" ? schemePattern.exec(uri)?.[1] : undefined;
  const factory = all.find((candidate) => candidate.scheme === scheme);
  if (factory === undefined || typeof uri !== "string") {
    // A URI without a known scheme may be a pasted secret: of it only what looks like a scheme is shown.
    const found =
      scheme === undefined ? "It has no scheme" : `The scheme ${displayName(scheme.slice(0, 32))} is not known here`;
    return invalid(
      `${found}; known: ${all.map((one) => `${one.scheme}:`).join(", ")}. For another store pass its factory in \`schemes\` to configureSecrets().`,
    );
  }
  try {
    return factory.fromUri(uri);
  } catch (error) {
    if (isSecretsError(error)) throw error;
    return invalid(`The ${factory.scheme}: factory refused it.`);
  }
}

function checkedSchemes(schemes: unknown): readonly SourceScheme[] {
  if (schemes === undefined) return [];
  try {
    if (Array.isArray(schemes) && schemes.every(isScheme)) return schemes;
  } catch {
    // A getter that throws.
  }
  return invalid("`schemes` must be a list of source factories.");
}

function isScheme(one: Partial<SourceScheme> | undefined): one is SourceScheme {
  return typeof one?.scheme === "string" && typeof one.fromUri === "function";
}

function invalid(advice: string): never {
  throw new SecretsError({ code: "invalid-options", advice: `The source URI cannot be used. ${advice}` });
}
