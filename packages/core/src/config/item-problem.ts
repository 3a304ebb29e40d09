import { messageOf } from "../errors/message-of.ts";
import { isSecretsError } from "../errors/secrets-error.ts";
import type { ItemDefinition, ItemOutcome, ItemProblem } from "./item-definition.ts";

/** What stopped an item. Of an error that is not ours nothing is kept: it may quote a value. */
export function problemOf(error: unknown, about: Pick<ItemProblem, "source" | "name">): ItemProblem {
  if (!isSecretsError(error)) return { ...about, code: "unknown", reason: messageOf({ code: "unknown" }) };
  const { code, advice, source = about.source } = error;
  return { ...about, source, code, reason: messageOf({ code, advice }) };
}

/** The definition of an item that cannot be read, since it was not written as it must be. */
export function brokenItem(kind: ItemDefinition["kind"], name: unknown, reason: string): ItemDefinition {
  // A name that is refused may be a value that stands in the wrong place.
  const known = typeof name === "string" ? name : undefined;
  const problem: ItemProblem = { code: "invalid-options", source: undefined, name: known, reason };
  return { kind, name: known, source: undefined, read: async (): Promise<ItemOutcome> => ({ problem }) };
}
