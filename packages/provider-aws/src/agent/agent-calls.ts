import type { SecretSource } from "@secretsource/core/source";
import type { AgentSettings } from "./agent-options.ts";
import { readAgentParameter } from "./read-agent-parameter.ts";
import { readAgentSecret } from "./read-agent-secret.ts";

export function agentCalls(settings: AgentSettings): Pick<SecretSource, "read"> {
  const readOne = settings.service === "ssm" ? readAgentParameter : readAgentSecret;
  return { read: (ref, context) => readOne(settings, ref, context) };
}
