import type { SourceFailure } from "@secretsource/core/source";
import { absence } from "./absence.ts";
import { credentialsFailure } from "./credentials-failures.ts";
import { denialAdvice } from "./denial-advice.ts";
import { garbled, tooLarge } from "./foreign-answers.ts";
import type { GcpCall } from "./gcp-call.ts";
import { type GcpError, gcpErrorOf } from "./gcp-error.ts";
import { preconditionFailure } from "./precondition-failures.ts";
import { unauthenticatedAdvice } from "./unauthenticated-advice.ts";
import { unavailable } from "./unavailable.ts";

/** What an error of the SDK or of the service means; undefined for one that neither of them makes. */
export function gcpFailure(thrown: unknown, call: GcpCall): SourceFailure | undefined {
  const found = gcpErrorOf(thrown);
  if (found === undefined) return undefined;
  const error = { ...found, text: found.text.replace(resourceName, "[]") };
  const { retryDelayMs, httpStatus, status, isTheService } = error;
  const native = { ...(isTheService && { name: status }), ...(httpStatus !== undefined && { status: httpStatus }) };
  return {
    ...failureOf(error, call),
    ...(Object.keys(native).length > 0 && { native }),
    ...(retryDelayMs !== undefined && { retryAfterMs: retryDelayMs }),
  };
}

function failureOf(error: GcpError, call: GcpCall): SourceFailure {
  const { status, text } = error;
  if (error.isAboutCredentials) return credentialsFailure(text);
  if (!error.isTheService) return unavailable(error);
  switch (status) {
    case "NOT_FOUND":
      return absence(text, call);
    case "PERMISSION_DENIED":
      return { failure: "access-denied", advice: denialAdvice(error, call) };
    case "UNAUTHENTICATED":
      return { failure: "unauthenticated", advice: unauthenticatedAdvice(error) };
    case "RESOURCE_EXHAUSTED":
      return /larger than max/i.test(text) ? tooLarge : { failure: "throttled", advice: quota };
    case "FAILED_PRECONDITION":
      return preconditionFailure(text);
    case "INVALID_ARGUMENT":
    case "OUT_OF_RANGE":
    case "ALREADY_EXISTS":
      return {
        failure: "invalid-request",
        advice: "The service does not accept the request: check the name, the project and the version.",
      };
    case "UNIMPLEMENTED":
      if (notOneMessage.test(text)) return garbled;
      return {
        failure: "unsupported",
        advice: "What answers at the endpoint does not know this call: is it Secret Manager, of version v1?",
      };
    case "DATA_LOSS":
      return { failure: "payload-corrupt", advice: lost };
    case "DEADLINE_EXCEEDED":
      return {
        failure: "timeout",
        advice: "Secret Manager did not answer in time: see https://status.cloud.google.com.",
      };
    case "INTERNAL":
      return /parsing error|deserializ|Failed to parse|decompress/i.test(text) ? garbled : unavailable(error);
    default:
      return unavailable(error);
  }
}

// A secret may be called `billing-key`, or `DISABLED`.
const resourceName =
  /\[?\bprojects\/[^\s/]+(?:\/locations\/[^\s/]+)?\/secrets\/[A-Za-z0-9_-]+(?:\/versions\/[A-Za-z0-9_-]+)?\]?/g;

// Of @grpc/grpc-js: a success that does not consist of one message.
const notOneMessage = /^(?:No message|Too many responses) received$/;

const quota =
  "A quota of Secret Manager is used up: see its page in the console. Looks at metadata have a far smaller one than reads of values.";
const lost =
  "Secret Manager says that data of the secret is lost: add a new version, and see https://status.cloud.google.com.";
