import type { SecretRecord, SourceContext } from "@secretsource/core/source";
import type { AgentSettings } from "./agent-options.ts";

/**
 * Neither cache says how old its answer is, so `ageMs` is left away and the metadata says whose answer it is; but what the
 * agent was told to refresh is the service's own word.
 */
export function fromCache(
  record: SecretRecord,
  { cache }: AgentSettings,
  { bypassCaches }: SourceContext,
): SecretRecord {
  if (bypassCaches && cache === "agent") return record;
  const metadata = { ...record.metadata, cachedBy: `aws-${cache === "agent" ? "secrets-manager-agent" : cache}` };
  return bypassCaches ? { ...record, metadata, warnings: [notBypassed] } : { ...record, metadata };
}

const notBypassed =
  "The Lambda extension has no way past its cache: this value may be as old as SECRETS_MANAGER_TTL or SSM_PARAMETER_STORE_TTL allows, 300 seconds by default.";
