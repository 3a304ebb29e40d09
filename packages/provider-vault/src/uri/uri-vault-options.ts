import { uriSettings } from "@secretsource/core/source-kit";
import type { VaultOptions } from "../connection/vault-options.ts";
import { uriFlag } from "./uri-flag.ts";
import { loginKeys, uriLogin } from "./uri-login.ts";

const connectionKeys = ["address", "namespace", "agent"] as const;

export interface UriVaultOptions<Key extends string> {
  /** Where the engine is mounted, say; undefined where the URI leaves it open. */
  readonly path: string | undefined;
  /** Those of the connection that the URI gives; the others come from the environment. */
  readonly connection: VaultOptions;
  /** Those of the source itself, as texts. */
  readonly own: Readonly<Partial<Record<Key, string>>>;
}

/**
 * What a source's URI says. Tokens and secret ids belong into no URI: files and the environment hold them.
 *
 * @throws SecretsError `invalid-options`
 */
export function uriVaultOptions<Key extends string>(
  text: unknown,
  scheme: string,
  keys: readonly Key[],
): UriVaultOptions<Key> {
  const { path, settings } = uriSettings<string>(text, scheme, [...connectionKeys, ...loginKeys, ...keys]);
  const { address, namespace } = settings;
  const agent = uriFlag(settings.agent, `\`agent\` of the \`${scheme}:\` URI`);
  const login = uriLogin(settings, scheme);
  const own = Object.fromEntries(keys.filter((key) => settings[key] !== undefined).map((key) => [key, settings[key]]));
  return {
    path: path === "" ? undefined : path,
    connection: {
      ...(address !== undefined && { address }),
      ...(namespace !== undefined && { namespace }),
      ...(agent !== undefined && { agent }),
      ...(login !== undefined && { login }),
    },
    own: own as Partial<Record<Key, string>>,
  };
}
