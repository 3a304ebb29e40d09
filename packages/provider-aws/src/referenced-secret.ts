/** What Parameter Store says of the secret behind a reference. */
export interface ReferencedSecret {
  readonly version?: string;
  readonly labels?: readonly unknown[];
}

type Json = Readonly<Record<string, unknown>>;

/**
 * From `SourceResult`, the answer of Secrets Manager as JSON. Its names begin with a capital letter in AWS's guide
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html), and with a small one
 * in what the service sends (https://github.com/floci-io/floci, measured in September 2026).
 */
export function referencedSecret(sourceResult: unknown): ReferencedSecret {
  try {
    const answer = JSON.parse(typeof sourceResult === "string" ? sourceResult : "") as Json;
    const version = answer.versionId ?? answer.VersionId;
    const labels = answer.versionStages ?? answer.VersionStages;
    return {
      ...(typeof version === "string" && /^[A-Za-z0-9-]{32,64}$/.test(version) && { version }),
      ...(Array.isArray(labels) && { labels }),
    };
  } catch {
    // What it threw quotes the value.
    return {};
  }
}
