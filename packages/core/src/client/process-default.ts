import { SecretsError } from "../errors/secrets-error.ts";
import { readObject } from "../source-kit/read-options.ts";
import { createSecrets } from "./create-secrets.ts";
import type { Secrets } from "./secrets.ts";
import type { SecretsOptions } from "./secrets-options.ts";

/** On the global object, so that the ESM and the CJS copy of this package share it. */
export const defaultSlot: unique symbol = Symbol.for("secretsource.default");

interface Default {
  readonly secrets: Secrets;
  /** Made by `getSecret` from SECRETSOURCE, since nothing was configured. */
  readonly implicit: boolean;
}

const holder = globalThis as { [defaultSlot]?: Default | undefined };

/**
 * Makes the process's default instance, the one that `getSecret` uses. Once, at start-up.
 *
 * @param options `replace: true` puts it in the place of an earlier one, which is closed: reads under way there end
 *   with `closed`.
 * @throws SecretsError `invalid-options` when there is one already; and what `createSecrets` throws.
 */
export function configureSecrets<Names extends string>(
  options: SecretsOptions<Names> & { readonly replace?: boolean | undefined },
): Secrets {
  const { replace, ...rest } = readObject(options, "The options of configureSecrets()");
  if (replace !== undefined && typeof replace !== "boolean") {
    throw new SecretsError({ code: "invalid-options", advice: "`replace` must be true or false." });
  }
  const earlier = holder[defaultSlot];
  if (earlier !== undefined && replace !== true) {
    throw new SecretsError({
      code: "invalid-options",
      advice: earlier.implicit
        ? "getSecret() has already configured itself from SECRETSOURCE: call configureSecrets() before the first getSecret()."
        : "configureSecrets() was called before: call it once, or pass `replace: true`.",
    });
  }
  const secrets = createSecrets(rest as unknown as SecretsOptions);
  holder[defaultSlot] = { secrets, implicit: false };
  // Nobody waits for it: what fails to close there is no fault of the new instance.
  earlier?.secrets.close().catch(() => {});
  return secrets;
}

/** The default instance; made from SECRETSOURCE where nothing was configured. */
export function defaultSecrets(): Secrets {
  const configured = holder[defaultSlot];
  if (configured !== undefined) return configured.secrets;
  const secrets = createSecrets({ from: process.env.SECRETSOURCE });
  holder[defaultSlot] = { secrets, implicit: true };
  return secrets;
}
