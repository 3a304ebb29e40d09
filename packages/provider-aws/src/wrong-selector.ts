import type { SourceFailure, VersionSelector } from "@secretsource/core/source";
import type { ParameterName } from "./parameter-name.ts";
import type { ParameterValue } from "./parameter-store-methods.ts";
import { referencedSecret } from "./referenced-secret.ts";

/**
 * The failure of an answer that does not say that it is what was asked for: of a label, which only its selector tells, and of
 * a reference also the secret's own labels. A version's number is compared with the record's.
 */
export function wrongSelector(
  version: VersionSelector,
  { isReference }: ParameterName,
  answer: ParameterValue | undefined,
): SourceFailure | undefined {
  const secret = isReference ? referencedSecret(answer?.SourceResult) : {};
  const label = typeof version === "string" ? undefined : "label" in version ? version.label : version.id;
  const isTold = answer?.Selector === `:${label}`;
  if (typeof version === "object" && "id" in version) {
    return !isReference || isTold || secret.version !== undefined ? undefined : anotherLabel;
  }
  const hasLabel = secret.labels?.includes(label ?? "AWSCURRENT") ?? true;
  return hasLabel && (label === undefined || isTold) ? undefined : anotherLabel;
}

const anotherLabel: SourceFailure = {
  failure: "payload-corrupt",
  advice:
    "The answer does not say that it is the version that was asked for: Parameter Store answers a label with a `Selector`, which moto leaves away.",
};
