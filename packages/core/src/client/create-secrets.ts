import { readSettings } from "./read-settings.ts";
import type { Secrets } from "./secrets.ts";
import { SecretsOnDemand } from "./secrets-on-demand.ts";
import type { SecretsOptions } from "./secrets-options.ts";

/**
 * Makes an instance. No source is called and nothing heavy is loaded before the first read.
 *
 * @throws SecretsError `invalid-options`, `not-configured` (a `from` that is undefined), `unsupported-spec`
 */
export function createSecrets<Names extends string>(options: SecretsOptions<Names>): Secrets {
  return new SecretsOnDemand(readSettings(options));
}
