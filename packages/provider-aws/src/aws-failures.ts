import type { SourceFailure } from "@secretsource/core/source";
import { isCertificateCode, isNetworkCode } from "@secretsource/core/source-kit";
import { noSuchSecret } from "./absent-secret.ts";
import { type AwsError, awsErrorOf } from "./aws-error.ts";
import { type Circumstances, circumstancesOf } from "./circumstances.ts";
import { denialAdvice } from "./denial-advice.ts";
import { failureOfName } from "./failure-names.ts";
import { decryptionFailure, isAboutKms } from "./kms-failures.ts";
import { noSuchVersion, saysVersion } from "./missing-version.ts";
import { referenceFailure } from "./reference-failures.ts";
import { waitMs } from "./retry-after.ts";
import { deletedSecret, saysDeleted } from "./secret-is-deleted.ts";
import { brokenGatewayAdvice, outOfOrderAdvice, throttledAdvice } from "./service-advice.ts";
import { unauthenticatedAdvice } from "./unauthenticated-advice.ts";

/** Which call failed, for the advice. */
export interface AwsCall {
  /** The action that IAM knows it by. */
  readonly action?: string | undefined;
}

/** What an error of the SDK or of the service means; undefined for one that neither of them makes. */
export function awsFailure(thrown: unknown, call: AwsCall = {}): SourceFailure | undefined {
  const error = awsErrorOf(thrown);
  if (error === undefined) return undefined;
  const known = circumstancesOf(thrown);
  const failure = named(error, call, known) ?? unreachable(error, known) ?? unnamed(error, call, known);
  if (failure === undefined) return undefined;
  const retryAfterMs = waitMs(error.headers);
  return { ...failure, native: nativeOf(error), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

function nativeOf({ name, code, status, requestId }: AwsError): NonNullable<SourceFailure["native"]> {
  return {
    // An unknown name may be anything that was answered.
    ...(failureOfName.has(name) && { name }),
    ...((isNetworkCode(code) || isCertificateCode(code)) && { code }),
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
  };
}

function named(error: AwsError, { action }: AwsCall, known: Circumstances): SourceFailure | undefined {
  const { name, text } = error;
  const failure = failureOfName.get(name);
  switch (failure) {
    case undefined:
      return undefined;
    case "not-found":
      return saysVersion(text) ? noSuchVersion : noSuchSecret(known.region);
    case "version-not-found":
      return noSuchVersion;
    case "access-denied":
      return isAboutKms(text) ? decryptionFailure(error) : { failure, advice: denialAdvice(text, action) };
    case "decryption-failed":
      return decryptionFailure(error);
    case "unauthenticated":
      return { failure, advice: unauthenticatedAdvice(error, known.profile) };
    case "invalid-request":
      return saysDeleted(text) ? deletedSecret : (referenceFailure(text) ?? { failure, advice: wrongRequest });
    case "throttled":
      return { failure, advice: throttledAdvice(action) };
    case "unavailable":
      return { failure, advice: outOfOrderAdvice(name, known.host) };
    default:
      return { failure };
  }
}

function unreachable({ name, code, text }: AwsError, { host }: Circumstances): SourceFailure | undefined {
  const shown = host === undefined ? "the endpoint" : `\`${host}\``;
  if (isCertificateCode(code)) {
    return { failure: "unavailable", advice: `The certificate of ${shown} is not trusted: is it the right endpoint?` };
  }
  if (code === "ENOTFOUND") {
    return {
      failure: "unavailable",
      advice: `The DNS finds no host ${shown}: check the region and the endpoint, and whether there is a DNS from here at all.`,
    };
  }
  if (isNetworkCode(code)) {
    return { failure: "unavailable", advice: `The connection to ${shown} failed: check the network and the endpoint.` };
  }
  if (code === "ERR_INVALID_URL") return { failure: "invalid-request", advice: noUrl };
  if (code === "ERR_INVALID_CHAR") return { failure: "unauthenticated", advice: noHeader };
  if (name === "CredentialsFunctionFailed") return { failure: "unauthenticated", advice: noFunction };
  // Of the SDK's own time-outs, which only a client that was handed in has.
  if (name === "TimeoutError") return { failure: "timeout", advice: `There was no answer of ${shown} in time.` };
  if (name === "CredentialsTookTooLong") return { failure: "timeout", advice: noCredentialsInTime };
  if (name === "ClientClosed") return { failure: "unavailable", advice: "The source is closed." };
  if (name === "AnswerTooLong") return { failure: "payload-corrupt", advice: `${shown} answers what is no secret.` };
  if (/^Region is missing$/.test(text)) {
    return { failure: "invalid-request", advice: "Give a `region`, set AWS_REGION, or name the secret by its ARN." };
  }
  return undefined;
}

const noUrl =
  "The endpoint is no URL: check AWS_ENDPOINT_URL, its likes for a service, and `endpoint_url` of the profile.";
const noHeader =
  "The credentials hold characters that a header does not take, such as a line end at the end of a token.";
const noCredentialsInTime =
  "What gives the credentials (STS, IAM Identity Center) did not answer in time: check the network on the way to it, such as a VPC endpoint of its own.";
const noFunction =
  "The function `credentials` of the source has failed, or gave no object with `accessKeyId` and `secretAccessKey`.";

/** No name that we know: the status breaks the tie. What is no JSON comes from somebody in between. */
function unnamed({ name, status }: AwsError, { action }: AwsCall, { host }: Circumstances): SourceFailure | undefined {
  if (status === undefined) return undefined;
  if (status === 429) return { failure: "throttled", advice: throttledAdvice(action) };
  if (status >= 500) return { failure: "unavailable", advice: brokenGatewayAdvice(host) };
  if (status < 300) return { failure: "payload-corrupt", advice: "The answer is none of AWS's: check the endpoint." };
  if (name === "SyntaxError" || name === "Unknown" || status < 400) return somebodyElse;
  if (status === 401) return { failure: "unauthenticated", advice: loginElsewhere };
  if (status === 403) return { failure: "access-denied", advice: denialAdvice("", undefined) };
  return status === 400 ? { failure: "invalid-request", advice: wrongRequest } : somebodyElse;
}

const wrongRequest =
  "The service does not accept the request: check how the name is written, and which version or label is asked for.";
const loginElsewhere =
  "What answers at the endpoint does not know the credentials: check that it is AWS, and no proxy that wants a login.";

const somebodyElse: SourceFailure = {
  failure: "unavailable",
  advice: "Something other than AWS answers at the endpoint, such as a proxy: check the endpoint and the network.",
};
