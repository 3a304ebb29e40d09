import type { ParameterDescription } from "./parameter-store-methods.ts";

/**
 * When the parameter will be deleted, epoch ms: the `Timestamp` of its expiration policy
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html).
 */
export function expiresAt(policies: ParameterDescription["Policies"] = []): number | undefined {
  const [first] = policies.flatMap(({ PolicyType, PolicyText }) =>
    PolicyType === "Expiration" ? (timestampIn(PolicyText) ?? []) : [],
  );
  return first;
}

function timestampIn(policy: string | undefined): number | undefined {
  try {
    const { Attributes } = JSON.parse(policy ?? "") as { Attributes?: { Timestamp?: unknown } };
    // An offset may have seconds there (`+10:30:00`), which no offset in use has.
    const ms = Date.parse(String(Attributes?.Timestamp).replace(/([+-]\d\d:\d\d):00$/, "$1"));
    return Number.isNaN(ms) ? undefined : ms;
  } catch {
    return undefined;
  }
}
