import { isSecretsError } from "../errors/secrets-error.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";
import { definitionOf } from "./config-item.ts";
import type { ItemDefinition, LiveOptions } from "./item-definition.ts";
import { brokenItem } from "./item-problem.ts";

/** @returns Also for wrong arguments a definition: one that reports them. */
export function defineLive(item: unknown, options: unknown): ItemDefinition {
  const of = definitionOf(item);
  try {
    return checkedLive(of, options);
  } catch (error) {
    const reason = isSecretsError(error) ? error.advice : undefined;
    return brokenItem("live", of?.name, reason ?? "The arguments of live() cannot be read.");
  }
}

function checkedLive(of: ItemDefinition | undefined, options: unknown): ItemDefinition {
  const { verify } = readOptions(options, ["verify"], "The options of live()");
  if (verify !== undefined && typeof verify !== "function") invalidOptions("`verify` must be a function.");
  if (of === undefined) invalidOptions("It takes a secret: write live(secret(name)).");
  // What is wrong with the secret itself is said by the secret.
  if (of.kind === "secret" && of.watch === undefined) return of;
  if (of.kind !== "secret") invalidOptions("Only a secret can be followed: write live(secret(name)).");
  const chosen = verify === undefined ? {} : { verify: verify as LiveOptions["verify"] };
  const { name, source } = of;
  return {
    kind: "live",
    name,
    source,
    read: (context) => of.watch?.(context, chosen) ?? of.read(context),
  };
}
