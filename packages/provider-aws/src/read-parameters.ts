import type { SecretRecord, SecretRef, SourceFailure } from "@secretsource/core/source";
import { noSuchSecret } from "./absent-secret.ts";
import { callAws, isFailure, requestIdOf } from "./aws-call.ts";
import { awsErrorOf } from "./aws-error.ts";
import { listed } from "./listed.ts";
import { type ParameterName, parameterNameOf } from "./parameter-name.ts";
import { parameterStoreActions as actions } from "./parameter-store-actions.ts";
import type { ParameterStoreClients } from "./parameter-store-clients.ts";
import { isTree } from "./parameter-tree.ts";
import { toParameterRecord } from "./to-parameter-record.ts";

type Item = SecretRecord | SourceFailure | "alone";

const deniedPattern = /\bon resource: arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:parameter(\/[A-Za-z0-9_./-]+)/;

/** As it stands in an ARN, where every name begins with a slash. */
function pathOf(name: string): string {
  return name.startsWith("/") ? name : `/${name}`;
}

function deniedParameter(error: unknown): string | undefined {
  const { name, text = "" } = awsErrorOf(error) ?? {};
  return name === "AccessDeniedException" ? deniedPattern.exec(text)?.[1] : undefined;
}

/**
 * Current values, decrypted, by GetParameters. A version or a label that is not there would be answered as an absent
 * parameter is, so these are read by themselves
 * (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html). So are references: one that
 * Secrets Manager denies fails the whole request, without a word of which it was, and one that is marked for deletion is listed
 * as an absent parameter is (https://github.com/floci-io/floci, measured in September 2026).
 */
export async function readParameters(
  clients: ParameterStoreClients,
  refs: readonly SecretRef[],
  signal: AbortSignal,
): Promise<readonly Item[] | SourceFailure> {
  const plans = refs.map(planFor);
  const names = [...new Set(plans.flatMap((plan) => (isTogether(plan) ? [plan.name] : [])))];
  const answer = names.length === 0 ? {} : await askTwice(clients, names, signal);
  if (isFailure(answer)) return answer;
  const parameters = listed(answer.Parameters);
  const invalid: readonly unknown[] = Array.isArray(answer.InvalidParameters) ? answer.InvalidParameters : [];
  const requestId = requestIdOf(answer);
  const absent = noSuchSecret(invalid.length === 0 ? undefined : await clients.homeRegion());
  return plans.map((plan) => {
    if (!isTogether(plan)) return plan;
    if (invalid.includes(plan.name)) return absent;
    const [found, ...again] = parameters.filter(({ Name }) => Name === plan.name);
    const record = toParameterRecord(plan, found, requestId);
    return isFailure(record) || again.length > 0 ? "alone" : record;
  });
}

/**
 * One parameter that may not be read spoils the request for all: without the one that the service names, it is asked
 * again. A second denial is one of the batch.
 */
async function askTwice(clients: ParameterStoreClients, names: readonly string[], signal: AbortSignal) {
  let denied: string | undefined;
  const ask = (Names: string[]) =>
    callAws(actions.getParameters, signal, async (options) => {
      const client = await clients.of(undefined);
      return client.getParameters({ Names, WithDecryption: true }, options).catch((error: unknown) => {
        denied = deniedParameter(error);
        throw error;
      });
    });
  const answer = await ask([...names]);
  const others = names.filter((name) => pathOf(name) !== denied);
  if (!isFailure(answer) || others.length === names.length || others.length === 0) return answer;
  return ask(others);
}

function planFor({ name, version }: SecretRef): ParameterName | SourceFailure | "alone" {
  if (isTree(name)) return "alone";
  const asked = parameterNameOf(name);
  if (isFailure(asked)) return asked;
  if (version !== "current" || asked.isReference) return "alone";
  // An ARN may be of another region, and what is answered is its name.
  return asked.region === undefined && !name.startsWith("arn:") ? asked : "alone";
}

function isTogether(plan: ParameterName | SourceFailure | "alone"): plan is ParameterName {
  return typeof plan === "object" && !isFailure(plan);
}
