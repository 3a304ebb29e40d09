import type { SecretRecord, SecretRef, SourceContext, SourceFailure, VersionSelector } from "@secretsource/core/source";
import { isFailure } from "../aws-call.ts";
import { type ParameterName, parameterNameOf, selectorOf } from "../parameter-name.ts";
import type { ParameterValue } from "../parameter-store-methods.ts";
import { isTree } from "../parameter-tree.ts";
import { sameVersion } from "../same-version.ts";
import { toParameterRecord } from "../to-parameter-record.ts";
import { wrongSelector } from "../wrong-selector.ts";
import { agentFailure } from "./agent-failures.ts";
import { dateAt, jsonObject, noJson, textAt } from "./agent-json.ts";
import type { AgentSettings } from "./agent-options.ts";
import { askAgent } from "./ask-agent.ts";
import { fromCache } from "./from-cache.ts";

/** One version of one parameter, decrypted, by `GET /systemsmanager/parameters/get`. */
export async function readAgentParameter(
  settings: AgentSettings,
  { name, version }: SecretRef,
  context: SourceContext,
): Promise<SecretRecord | SourceFailure> {
  if (isTree(name)) return noTrees;
  const parameter = parameterNameOf(name);
  if (isFailure(parameter)) return parameter;
  const query = queryOf(parameter, version);
  if (isFailure(query)) return query;
  const answer = await askAgent(settings, `/systemsmanager/parameters/get?${query}`, context.signal);
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return agentFailure(answer, "ssm:GetParameter");
  const value = parameterValue(answer.text);
  if (value === undefined) return noJson;
  const refused = wrongSelector(version, parameter, value);
  const record = refused ?? sameVersion(version, toParameterRecord(parameter, value, undefined));
  return isFailure(record) ? record : fromCache(record, settings, context);
}

function queryOf(parameter: ParameterName, version: VersionSelector): URLSearchParams | SourceFailure {
  const query = new URLSearchParams({ name: parameter.name, withDecryption: "true" });
  if (typeof version === "string") return query;
  if (parameter.isReference) return noReferredVersions;
  const selector = selectorOf(version, parameter);
  if (typeof selector !== "string") return selector;
  query.set("id" in version ? "version" : "label", selector.slice(1));
  return query;
}

function parameterValue(text: string): ParameterValue | undefined {
  const answer = jsonObject(text, "Parameter");
  if (answer === undefined) return undefined;
  const { Version } = answer;
  return {
    Name: textAt(answer, "Name"),
    ARN: textAt(answer, "ARN"),
    Type: textAt(answer, "Type"),
    Value: textAt(answer, "Value"),
    Selector: textAt(answer, "Selector"),
    SourceResult: textAt(answer, "SourceResult"),
    Version: typeof Version === "number" ? Version : undefined,
    LastModifiedDate: dateAt(answer, "LastModifiedDate"),
  };
}

const noTrees: SourceFailure = {
  failure: "unsupported",
  advice: "The extension reads single parameters alone: read the tree by `awsParameterStore`.",
};

const noReferredVersions: SourceFailure = {
  failure: "unsupported",
  advice:
    'The extension takes no version of a secret behind a parameter\'s name: read the secret by `service: "secretsmanager"`.',
};
