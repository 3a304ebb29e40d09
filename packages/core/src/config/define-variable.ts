import type { StandardSchemaV1 } from "@standard-schema/spec";
import { readRequest } from "../client/read-request.ts";
import { validate } from "../decode/validate.ts";
import type { SecretsErrorCode } from "../errors/error-code.ts";
import { isSecretsError } from "../errors/secrets-error.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";
import type { Clock } from "../time/clock.ts";
import { copyLiteral } from "./copy-literal.ts";
import { environmentName, variableProblem } from "./environment.ts";
import { itemArguments } from "./item-arguments.ts";
import type { ItemDefinition, ItemOutcome } from "./item-definition.ts";
import { brokenItem } from "./item-problem.ts";

const isText =
  " Every variable is text: the schema must convert it (zod: `z.coerce.number()`, `z.stringbool()`), and the text must be convertible.";

/** @returns Also for wrong arguments a definition: one that reports them. */
export function defineVariable(name: unknown, second: unknown, third: unknown): ItemDefinition {
  const unusable = variableProblem(name);
  if (unusable !== undefined) return brokenItem("env", undefined, unusable);
  try {
    return checkedVariable(name as string, second, third);
  } catch (error) {
    const reason = isSecretsError(error) ? error.advice : undefined;
    return brokenItem("env", name, reason ?? "The arguments of env() cannot be read.");
  }
}

function checkedVariable(name: string, second: unknown, third: unknown): ItemDefinition {
  const { schema: givenSchema, options } = itemArguments(second, third);
  const given = readOptions(options, ["default", "optional"], "The options of env()");
  const { reading, optional } = readRequest({ schema: givenSchema, optional: given.optional });
  if (given.default !== undefined && optional) invalidOptions("Give `default` or `optional`, not both.");
  const fallback = given.default === undefined ? undefined : copyLiteral(given.default, "`default`");
  return {
    kind: "env",
    name,
    source: environmentName,
    async read({ environment, clock }): Promise<ItemOutcome> {
      const text = environment.value(name);
      if (text !== undefined) {
        return reading.schema === undefined ? { value: text } : validated(name, text, reading.schema, clock);
      }
      if (optional || fallback !== undefined) return { value: fallback };
      const state = environment.isEmpty(name) ? "is set, but empty" : "is not set";
      return problem("not-found", name, `The variable ${state}. Set it, or give its item a \`default\`.`);
    },
  };
}

async function validated(name: string, text: string, schema: StandardSchemaV1, clock: Clock): Promise<ItemOutcome> {
  try {
    return { value: await validate(schema, text, clock, isText) };
  } catch (error) {
    const reason = isSecretsError(error) ? error.advice : undefined;
    return problem("validation-failed", name, reason ?? "The schema refused it.");
  }
}

function problem(code: SecretsErrorCode, name: string, reason: string): ItemOutcome {
  return { problem: { code, source: environmentName, name, reason } };
}
