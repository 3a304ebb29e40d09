import { defaultSecrets } from "../client/process-default.ts";
import { readClock } from "../client/read-settings.ts";
import type { Secrets } from "../client/secrets.ts";
import { policyDefaults } from "../policy/defaults.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";
import type { Clock } from "../time/clock.ts";
import { type Duration, parseDuration } from "../time/duration.ts";
import { Environment, type Variables } from "./environment.ts";

export interface LoadConfigOptions {
  /** The instance that reads the secrets. Default: the process's, as `getSecret` has it; not needed without secrets. */
  readonly secrets?: Secrets | undefined;
  /** The start-up budget: what is not there when it is over counts as failed with `timeout`. Default: `"15s"`. */
  readonly within?: Duration | undefined;
  /** The variables that `env()` and overrides read. Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Where the budget's time comes from. Default: the machine. For tests: the instance's own `virtualClock()`. */
  readonly clock?: Clock | undefined;
}

/** The options, checked and complete. */
export interface LoadSettings {
  secrets(): Secrets;
  readonly withinMs: number;
  readonly environment: Environment;
  readonly clock: Clock;
}

/** @throws SecretsError `invalid-options` */
export function readLoadOptions(options: unknown): LoadSettings {
  const known = ["secrets", "within", "env", "clock"] as const;
  const { secrets, within, env, clock } = readOptions(options, known, "The options of loadConfig()");
  const instance = secrets === undefined ? undefined : checkedSecrets(secrets);
  return {
    secrets: () => instance ?? defaultSecrets(),
    withinMs: within === undefined ? policyDefaults.configMs : parseDuration(within, "within"),
    environment: new Environment(env === undefined ? process.env : checkedVariables(env)),
    clock: readClock(clock),
  };
}

function checkedSecrets(secrets: unknown): Secrets {
  try {
    if (typeof (secrets as Partial<Secrets>).getSecret === "function") return secrets as Secrets;
  } catch {
    // Null, or a getter that throws.
  }
  return invalidOptions("`secrets` must be an instance, as createSecrets() makes it.");
}

function checkedVariables(variables: unknown): Variables {
  if (typeof variables === "object" && variables !== null && !Array.isArray(variables)) return variables as Variables;
  return invalidOptions("`env` must map names of variables to their values, as process.env does.");
}
