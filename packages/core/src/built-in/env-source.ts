import { displayName } from "../errors/display-name.ts";
import { unsupportedVersion } from "../policy/supports.ts";
import type { SecretRecord } from "../source/secret-record.ts";
import type { SecretSource } from "../source/secret-source.ts";
import type { SourceFailure } from "../source/source-failure.ts";
import type { SourceScheme } from "../source/source-scheme.ts";
import type { SourceTraits } from "../source/source-traits.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { uriSettings } from "../source-kit/uri-settings.ts";
import { type Environment, type EnvOptions, type EnvSettings, envSettings } from "./env-options.ts";
import { EnvVariables } from "./env-variables.ts";
import { fsFailure } from "./fs-failures.ts";

export interface EnvSourceFactory extends SourceScheme {
  /**
   * Secrets from environment variables. `production/myapp/db` is `PRODUCTION_MYAPP_DB`, behind the prefix; where
   * `PRODUCTION_MYAPP_DB_FILE` is set instead, it names a file that holds the value (at most 1 MiB, one final line end
   * dropped; text where it is UTF-8, else bytes; a relative path starts at the working directory at the time of the
   * call).
   *
   * An unset variable is `not-found`, an empty one an empty value. Both forms set at once, an empty `_FILE`, and two
   * secrets that lead to one variable are an `invalid-request`. A file that is named and missing is `unavailable`, one
   * that may not be read `access-denied`.
   *
   * @throws SecretsError `invalid-options`
   */
  (options?: EnvOptions): SecretSource;
  readonly scheme: "env";
  /** `env:` or `env:?prefix=MYAPP_`. */
  fromUri(text: string): SecretSource;
}

// Bytes, because of the files. A variable itself is text.
const traits: SourceTraits = Object.freeze({
  stages: Object.freeze(["current"] as const),
  versionIds: false,
  labels: false,
  binary: true,
  mints: false,
});

export const envSource: EnvSourceFactory = /* @__PURE__ */ Object.assign(
  (options?: EnvOptions) => sourceOf(envSettings(options)),
  {
    scheme: "env" as const,
    fromUri: (text: string) => {
      const { path, settings } = uriSettings(text, "env", ["prefix"]);
      if (path !== "") return invalidOptions("The `env:` URI has no path: write `env:?prefix=MYAPP_`, say.");
      return sourceOf(envSettings(settings));
    },
  },
);

function sourceOf(settings: EnvSettings): SecretSource {
  const variables = new EnvVariables(settings.prefix, settings.names);
  return Object.freeze<SecretSource>({
    specVersion: 1,
    kind: "env",
    traits,
    async read(ref, { signal }) {
      signal.throwIfAborted();
      return (
        unsupportedVersion("env", traits, ref.version) ?? (await readVariable(ref.name, settings, variables, signal))
      );
    },
    classify: fsFailure,
  });
}

async function readVariable(
  name: string,
  settings: EnvSettings,
  variables: EnvVariables,
  signal: AbortSignal,
): Promise<SecretRecord | SourceFailure> {
  const variable = variables.variableOf(name);
  if (typeof variable !== "string") return variable;
  const fileVariable = variables.fileVariableOf(variable);
  const env = settings.env();
  const value = variableIn(env, variable);
  const path = fileVariable === undefined ? undefined : variableIn(env, fileVariable);
  if (value !== undefined && path !== undefined) return bothSet(variable);
  if (value !== undefined) return variables.claim([variable], name) ?? { payload: value };
  if (path === undefined || fileVariable === undefined) return notSet(variable, fileVariable);
  const refused = variables.claim([variable, fileVariable], name);
  if (refused !== undefined) return refused;
  if (path === "") return emptyPath(fileVariable);
  const { readEnvFile } = await import("./from-disk.ts");
  return readEnvFile(fileVariable, path, settings.directory, signal);
}

/** Own properties alone: `constructor` is no variable. */
function variableIn(env: Environment, variable: string): string | undefined {
  const value = Object.hasOwn(env, variable) ? env[variable] : undefined;
  return typeof value === "string" ? value : undefined;
}

function bothSet(variable: string): SourceFailure {
  return {
    failure: "invalid-request",
    advice: `${displayName(variable)} and its _FILE form are both set: unset one. If the latter is a secret of its own, say so by \`names\` of envSource.`,
  };
}

function notSet(variable: string, fileVariable: string | undefined): SourceFailure {
  const file = fileVariable === undefined ? "" : ", or the same name with _FILE behind it to the path of a file";
  return { failure: "not-found", advice: `Set the variable ${displayName(variable)}${file}.` };
}

function emptyPath(fileVariable: string): SourceFailure {
  return {
    failure: "invalid-request",
    advice: `The variable ${displayName(fileVariable)} is set and empty: set it to the path of a file, or unset it.`,
  };
}
