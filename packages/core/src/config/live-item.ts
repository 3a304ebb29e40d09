import type { LiveSecret } from "../rotation/live-secret.ts";
import type { Secret } from "../secret/secret.ts";
import { type ConfigItem, configItem } from "./config-item.ts";
import { defineLive } from "./define-live.ts";

type ValueOf<Result> = Result extends Secret<infer T> ? T : never;

/** What `live` makes of an item's result: a handle in the place of each secret; undefined stays. */
export type LiveResult<Result> = LiveSecret<ValueOf<Result>> | Extract<Result, undefined>;

export interface LiveItemOptions<Value = unknown> {
  /** As for `watchSecret`: throws or rejects to refuse a version before anybody sees it. Refused after 10 s. */
  readonly verify?:
    | ((next: Secret<Value>, context: { readonly signal: AbortSignal }) => void | Promise<void>)
    | undefined;
}

/**
 * A secret in a config that follows its rotations: `loadConfig` puts a `LiveSecret<T>` in its place, whose `current` is
 * the newest good value. It ends with the instance, or by its own `close()`. Where a variable overrides the secret, the
 * handle holds that and never changes; `verify` is not asked.
 *
 * Never throws: `loadConfig` reports mistakes in the arguments together with everything else.
 */
export function live<Result extends Secret<unknown> | undefined>(
  item: ConfigItem<Result>,
  options?: LiveItemOptions<ValueOf<NoInfer<Result>>>,
): ConfigItem<LiveResult<Result>> {
  return configItem(defineLive(item, options));
}
