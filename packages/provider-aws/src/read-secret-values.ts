import type { SecretRecord, SecretRef, SourceFailure } from "@secretsource/core/source";
import { type Answered, callAws, isFailure, requestIdOf } from "./aws-call.ts";
import { awsFailure } from "./aws-failures.ts";
import { rememberCircumstances } from "./circumstances.ts";
import { listed } from "./listed.ts";
import { type SecretId, secretIdOf } from "./secret-id.ts";
import { secretsManagerActions as actions } from "./secrets-manager-actions.ts";
import type { SecretsManagerClients } from "./secrets-manager-clients.ts";
import type { SecretError, SecretValues } from "./secrets-manager-methods.ts";
import { toSecretRecord } from "./to-secret-record.ts";
import { isAtStage } from "./version-selector.ts";

type Item = SecretRecord | SourceFailure | "alone";

/**
 * Current versions, by BatchGetSecretValue: it takes no version and no stage, and asks one region
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_BatchGetSecretValue.html).
 */
export async function readSecretValues(
  clients: SecretsManagerClients,
  refs: readonly SecretRef[],
  signal: AbortSignal,
): Promise<readonly Item[] | SourceFailure> {
  const plans = await Promise.all(refs.map((ref) => planFor(ref, clients, signal)));
  const together = plans.filter((plan) => typeof plan === "object" && !isFailure(plan)) as SecretId[];
  if (together.length === 0) return plans as Item[];
  const ids = [...new Set(together.map(({ id }) => id))];
  const answer = await callAws(actions.batchGetSecretValue, signal, async (options) =>
    (await clients.of(undefined)).batchGetSecretValue({ SecretIdList: ids }, options),
  );
  if (isFailure(answer)) return answer;
  const region = listed(answer.Errors).length === 0 ? undefined : await clients.homeRegion();
  return plans.map((plan) => (typeof plan === "object" && !isFailure(plan) ? itemOf(plan, answer, region) : plan));
}

async function planFor(
  { name, version }: SecretRef,
  clients: SecretsManagerClients,
  signal: AbortSignal,
): Promise<SecretId | SourceFailure | "alone"> {
  const secret = secretIdOf(name);
  if (isFailure(secret)) return secret;
  if (version !== "current") return "alone";
  if (secret.region === undefined) return secret;
  const home = await callAws(actions.batchGetSecretValue, signal, async () => ({
    is: await clients.isHome(secret.region),
  }));
  return !isFailure(home) && home.is ? secret : "alone";
}

/** What is not answered, answered with two versions, or with another stage than the current one, is read by itself. */
function itemOf(secret: SecretId, answer: SecretValues & Answered, region: string | undefined): Item {
  const error = listed(answer.Errors).find(({ SecretId }) => SecretId === secret.id);
  if (error !== undefined) return errorItem(error, region);
  // One secret may be there twice, by its name and by its ARN.
  const [value, ...again] = listed(answer.SecretValues).filter((one) => secret.mismatch(one) === undefined);
  if (value === undefined || !isAtStage("current", value)) return "alone";
  if (again.some(({ VersionId }) => VersionId !== value.VersionId)) return "alone";
  const record = toSecretRecord(value, requestIdOf(answer));
  return isFailure(record) ? "alone" : record;
}

function errorItem({ ErrorCode: name, Message: message }: SecretError, region: string | undefined): Item {
  const error = { name, message };
  rememberCircumstances(error, { region });
  const failure = awsFailure(error, { action: actions.getSecretValue });
  // A read by itself says more of what it was.
  return failure === undefined || failure.failure === "invalid-request" ? "alone" : failure;
}
