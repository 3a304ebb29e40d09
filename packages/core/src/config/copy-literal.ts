import { invalidOptions } from "../source-kit/invalid-options.ts";
import { deepFreeze } from "../util/deep-freeze.ts";
import { collectItems } from "./collect-items.ts";

/**
 * A frozen copy of what stands in an item's options; its author's own object is not frozen.
 *
 * @throws SecretsError `invalid-options` for what cannot stand in a config, or is itself an item.
 */
export function copyLiteral(literal: unknown, what: string): unknown {
  const { config, places } = collectItems(literal);
  const [first] = places;
  if (first === undefined) return deepFreeze(config);
  const where = first.path === "" ? what : `${what} (${first.path})`;
  return invalidOptions(`${where}: ${first.mistake ?? "It holds a secret() or env(); it must be a plain value."}`);
}
