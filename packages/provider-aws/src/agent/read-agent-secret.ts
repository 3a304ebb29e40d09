import type { SecretRecord, SecretRef, SourceContext, SourceFailure } from "@secretsource/core/source";
import { isFailure } from "../aws-call.ts";
import { sameVersion } from "../same-version.ts";
import { secretIdOf } from "../secret-id.ts";
import type { SecretValue } from "../secrets-manager-methods.ts";
import { toSecretRecord } from "../to-secret-record.ts";
import { versionInput, wrongStage } from "../version-selector.ts";
import { agentFailure } from "./agent-failures.ts";
import { dateAt, jsonObject, noJson, textAt } from "./agent-json.ts";
import type { AgentSettings } from "./agent-options.ts";
import { askAgent } from "./ask-agent.ts";
import { fromCache } from "./from-cache.ts";

/** One version of one secret, by `GET /secretsmanager/get`. */
export async function readAgentSecret(
  settings: AgentSettings,
  { name, version }: SecretRef,
  context: SourceContext,
): Promise<SecretRecord | SourceFailure> {
  const secret = secretIdOf(name);
  if (isFailure(secret)) return secret;
  const selector = versionInput(version);
  if (isFailure(selector)) return selector;
  const query = new URLSearchParams({ secretId: secret.id });
  if ("VersionId" in selector) query.set("versionId", selector.VersionId);
  else query.set("versionStage", selector.VersionStage);
  // The extension documents no such parameter.
  if (context.bypassCaches && settings.cache === "agent") query.set("refreshNow", "true");
  const answer = await askAgent(settings, `/secretsmanager/get?${query}`, context.signal);
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return agentFailure(answer, "secretsmanager:GetSecretValue");
  const value = secretValue(answer.text);
  if (value === undefined) return noJson;
  const refused = secret.mismatch(value) ?? wrongStage(version, value);
  const record = refused ?? sameVersion(version, toSecretRecord(value, undefined));
  return isFailure(record) ? record : fromCache(record, settings, context);
}

function secretValue(text: string): SecretValue | undefined {
  const answer = jsonObject(text);
  if (answer === undefined) return undefined;
  const encoded = textAt(answer, "SecretBinary");
  const bytes = encoded === undefined ? undefined : Buffer.from(encoded, "base64");
  // The decoder leaves out what it does not know, and half a value is none.
  if (bytes?.toString("base64") !== encoded) return undefined;
  const stages = answer.VersionStages;
  return {
    ARN: textAt(answer, "ARN"),
    Name: textAt(answer, "Name"),
    VersionId: textAt(answer, "VersionId"),
    SecretString: textAt(answer, "SecretString"),
    SecretBinary: bytes,
    VersionStages: Array.isArray(stages) ? stages.filter((stage) => typeof stage === "string") : undefined,
    CreatedDate: dateAt(answer, "CreatedDate"),
  };
}
