import type { GetSecretOptions } from "../client/get-secret-options.ts";
import { readRequest } from "../client/read-request.ts";
import { requireSecret, requiring } from "../client/require-secret.ts";
import type { Secrets } from "../client/secrets.ts";
import { isSecretsError } from "../errors/secrets-error.ts";
import { nameProblem } from "../policy/secret-name.ts";
import type { Secret } from "../secret/secret.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";
import { variableProblem } from "./environment.ts";
import { itemArguments } from "./item-arguments.ts";
import type { ItemContext, ItemDefinition, ItemOutcome, LiveOptions } from "./item-definition.ts";
import { brokenItem, problemOf } from "./item-problem.ts";
import { overriddenLive } from "./overridden-live.ts";
import { overriddenSecret } from "./overridden-secret.ts";
import { isPlainObject } from "./plain.ts";

const known = ["env", "as", "field", "version", "source", "optional"] as const;

/** @returns Also for wrong arguments a definition: one that reports them. */
export function defineSecret(name: unknown, second: unknown, third: unknown): ItemDefinition {
  const unusable = nameProblem(name);
  if (unusable !== undefined) return brokenItem("secret", undefined, unusable);
  try {
    return checkedSecret(name as string, second, third);
  } catch (error) {
    const reason = isSecretsError(error) ? error.advice : undefined;
    return brokenItem("secret", name, reason ?? "The arguments of secret() cannot be read.");
  }
}

function checkedSecret(name: string, second: unknown, third: unknown): ItemDefinition {
  const { schema, options } = itemArguments(second, third);
  if (isPlainObject(options) && "default" in options) {
    invalidOptions(
      "A secret has no default value, which would be a secret in the code: use `optional: true` or `env`.",
    );
  }
  const { env, ...rest } = readOptions(options, known, "The options of secret()");
  const variable = env === undefined ? undefined : checkedVariable(env);
  const reading = { ...rest, schema };
  const request = readRequest(reading);
  return {
    kind: "secret",
    name,
    source: request.source,
    async read(context): Promise<ItemOutcome> {
      const text = variable === undefined ? undefined : context.environment.value(variable);
      if (variable !== undefined && text !== undefined) {
        return overriddenSecret({ name, variable, text, reading: request.reading }, context.clock);
      }
      const outcome = await stored(name, reading as GetSecretOptions, context);
      return variable === undefined ? outcome : mentioning(variable, outcome, context);
    },
    async watch(context, options): Promise<ItemOutcome> {
      const text = variable === undefined ? undefined : context.environment.value(variable);
      if (variable !== undefined && text !== undefined) {
        const override = { name, variable, text, reading: request.reading };
        return overriddenLive(override, context.clock);
      }
      const outcome = await watched(name, reading, options, context);
      return variable === undefined ? outcome : mentioning(variable, outcome, context);
    },
  };
}

async function watched(
  name: string,
  { optional, ...reading }: { optional?: unknown; source?: unknown },
  options: LiveOptions,
  context: ItemContext,
): Promise<ItemOutcome> {
  try {
    const live = await context
      .secrets()
      .watchSecret(name, { ...reading, ...options, signal: context.signal } as object);
    return { value: live, abandon: () => live.close() };
  } catch (error) {
    if (optional === true && isSecretsError(error) && error.code === "not-found") return { value: undefined };
    return { problem: problemOf(error, { source: reading.source as string | undefined, name }) };
  }
}

async function stored(name: string, options: GetSecretOptions, context: ItemContext): Promise<ItemOutcome> {
  try {
    return { value: await ask(context.secrets(), name, { ...options, signal: context.signal }) };
  } catch (error) {
    return { problem: problemOf(error, { source: options.source, name }) };
  }
}

/** What a program cannot do without counts for `health()`. A stand-in written for tests may only have `getSecret`. */
function ask(secrets: Secrets, name: string, options: GetSecretOptions): Promise<Secret<unknown> | undefined> {
  const keeping = options.optional ? undefined : requiring(secrets);
  return keeping === undefined ? secrets.getSecret(name, options) : keeping[requireSecret](name, options);
}

/** Who starts the program on a laptop is to see that a variable would do. */
function mentioning(variable: string, outcome: ItemOutcome, { environment }: ItemContext): ItemOutcome {
  if (outcome.problem === undefined) return outcome;
  const state = environment.isEmpty(variable) ? "is empty" : "is not set";
  const reason = `${outcome.problem.reason} The variable ${variable}, which would override it, ${state}.`;
  return { problem: { ...outcome.problem, reason } };
}

function checkedVariable(name: unknown): string {
  const problem = variableProblem(name);
  return problem === undefined ? (name as string) : invalidOptions(`\`env\`: ${problem}`);
}
