import type { SourceFailure, VersionSelector } from "@secretsource/core/source";
import { isRegion } from "./is-region.ts";

/** How Parameter Store is asked for a parameter. */
export interface ParameterName {
  /** As the API takes it, without a selector. */
  readonly name: string;
  /** Of an ARN. */
  readonly region?: string | undefined;
  /** A secret of Secrets Manager, by way of Parameter Store. */
  readonly isReference: boolean;
}

// https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html: characters, at most 15
// levels, 1,011 characters with the ARN before them, and no beginning with aws or ssm.
const namePattern = /^[A-Za-z0-9_.-]+$|^(?:\/[A-Za-z0-9_.-]+){1,15}$/;
const arnPattern = /^arn:aws[a-z-]*:ssm:([a-z0-9-]+):\d{12}:parameter(\/[A-Za-z0-9_./-]+)$/;
const reserved = /^\/?(?:aws|ssm)/i;
const longest = 1011;
// A name there is one of Secrets Manager's:
// https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html
const referencePattern = /^\/aws\/reference\/secretsmanager\/[A-Za-z0-9/_+=.@-]{1,512}$/;
const published = /^\/aws\/service\//;

/** A name, with or without the slash that every path begins with, or an ARN. */
export function parameterNameOf(secretName: string): ParameterName | SourceFailure {
  if (secretName.startsWith("arn:")) {
    const [, region] = arnPattern.exec(secretName) ?? [];
    return region === undefined || !isRegion(region) ? illegalArn : { name: secretName, region, isReference: false };
  }
  const name = withSlash(secretName);
  if (referencePattern.test(name)) return { name, isReference: true };
  const legal = namePattern.test(name) && name.length <= longest && (!reserved.test(name) || published.test(name));
  return legal ? { name, isReference: false } : illegalName;
}

/** Without it, only a name of a single level is one. */
export function withSlash(name: string): string {
  return name.includes("/") && !name.startsWith("/") ? `/${name}` : name;
}

const versionPattern = /^[1-9]\d{0,8}$/;
const labelPattern = /^(?!\d|aws|ssm)[A-Za-z0-9._-]{1,100}$/i;
const referenceVersion = /^[A-Za-z0-9/_+=.@-]{1,256}$/;

/** What follows the name, colon included; of Secrets Manager, a version's id or a staging label. */
export function selectorOf(version: VersionSelector, { isReference }: ParameterName): string | SourceFailure {
  if (typeof version === "string") return "";
  const given = "id" in version ? version.id : version.label;
  const pattern = isReference ? referenceVersion : "id" in version ? versionPattern : labelPattern;
  return pattern.test(given) ? `:${given}` : noSuchVersion;
}

const illegalName: SourceFailure = {
  failure: "invalid-request",
  advice:
    "A name in Parameter Store is a path of at most 15 levels, of letters, digits and _.- alone, that does not begin with aws or ssm; with a slash at its end, it is a tree.",
};

const illegalArn: SourceFailure = {
  failure: "invalid-request",
  advice: "The ARN of a parameter looks like arn:aws:ssm:eu-west-1:123456789012:parameter/production/myapp/db.",
};

const noSuchVersion: SourceFailure = {
  failure: "version-not-found",
  advice: "A version of a parameter is a number from 1 on; a label has at most 100 letters, digits and ._-.",
};
