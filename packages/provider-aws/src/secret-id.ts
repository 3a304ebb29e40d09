import type { SourceFailure } from "@secretsource/core/source";
import { isRegion } from "./is-region.ts";

/** How Secrets Manager is asked for a secret, and whether an answer is about it. */
export interface SecretId {
  /** As the API takes it. */
  readonly id: string;
  /** Of an ARN. */
  readonly region?: string | undefined;
  /** The failure of an answer about another secret. */
  mismatch(answer: {
    readonly Name?: string | undefined;
    readonly ARN?: string | undefined;
  }): SourceFailure | undefined;
}

// https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html, `Name`.
const namePattern = /^[A-Za-z0-9/_+=.@-]{1,512}$/;
const arnPattern = /^arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):\d{12}:secret:([A-Za-z0-9/_+=.@-]{1,519})$/;
const arnEnding = /-[A-Za-z0-9]{6}$/;

/** A name, a full ARN, or an ARN without its ending, as `SecretId` of the API. */
export function secretIdOf(name: string): SecretId | SourceFailure {
  if (!name.startsWith("arn:")) return namePattern.test(name) ? byName(name) : illegalName;
  const [, region] = arnPattern.exec(name) ?? [];
  return region === undefined || !isRegion(region) ? illegalArn : byArn(name, region);
}

function byName(name: string): SecretId {
  return { id: name, mismatch: ({ Name }) => (Name === name ? undefined : anotherSecret(name)) };
}

function byArn(arn: string, region: string): SecretId {
  // A partial ARN whose name ends like an ARN cannot be told from a full one, but by the answer.
  const isAnswered = (answered = "") =>
    answered === arn ||
    (!arnEnding.test(arn) &&
      answered.startsWith(`${arn}-`) &&
      arnEnding.test(answered) &&
      answered.length === arn.length + 7);
  return { id: arn, region, mismatch: ({ ARN }) => (isAnswered(ARN) ? undefined : anotherSecret(arn)) };
}

const illegalName: SourceFailure = {
  failure: "invalid-request",
  advice:
    "A name in Secrets Manager has at most 512 characters, of letters, digits and /_+=.@- alone; or give the secret's ARN.",
};

const illegalArn: SourceFailure = {
  failure: "invalid-request",
  advice: "The ARN of a secret looks like arn:aws:secretsmanager:eu-west-1:123456789012:secret:name-AbCdEf.",
};

function anotherSecret(asked: string): SourceFailure {
  if (!arnEnding.test(asked)) {
    return {
      failure: "payload-corrupt",
      advice: "The answer is about another secret than the one that was asked for.",
    };
  }
  return {
    failure: "invalid-request",
    advice:
      "Secrets Manager took the name for the end of another secret's ARN, since it ends in a hyphen and six characters: give the secret's full ARN.",
  };
}
