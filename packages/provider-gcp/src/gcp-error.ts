import { type ErrorDetails, errorDetailsIn } from "./error-details.ts";
import { CredentialsError, RestAnswer } from "./rest-answer.ts";
import { type StatusName, statusNameOf } from "./status-codes.ts";

/** What is looked at of an error of the SDK. Its text is only compared with known sentences, and never handed on. */
export interface GcpError extends ErrorDetails {
  readonly status: StatusName;
  readonly httpStatus: number | undefined;
  readonly text: string;
  /** The service said so itself, and not something between it and us. */
  readonly isTheService: boolean;
  /** It was about getting a token, and no request has been sent. */
  readonly isAboutCredentials: boolean;
}

interface Fields {
  readonly code?: unknown;
  readonly details?: unknown;
  readonly metadata?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly httpStatusCode?: unknown;
  readonly statusDetails?: unknown;
  readonly reason?: unknown;
  readonly domain?: unknown;
  readonly errorInfoMetadata?: unknown;
}

// Of @grpc/grpc-js: an answer without a status of gRPC, and call credentials that threw.
const foreignAnswer = /^Received HTTP status code \d+/;
const withoutToken = /^Getting metadata from plugin failed with error: /;
// Of google-gax: an answer over REST that is not in the service's form.
const undecodable = /^Error response from RPC \w+ .*could not be decoded/;

/** Undefined for what the SDK does not throw. Never throws: what was thrown may be anything. */
export function gcpErrorOf(thrown: unknown): GcpError | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  try {
    const fields = thrown as Fields;
    const { cause } = fields;
    if (cause instanceof RestAnswer) return ofRest(cause);
    if (cause instanceof CredentialsError) return withoutCredentials(cause.reason);
    return ofStatus(fields);
  } catch {
    return undefined;
  }
}

function ofRest({ httpStatus, statusName, text, details, retryAfterMs }: RestAnswer): GcpError {
  const { retryDelayMs = retryAfterMs, ...others } = errorDetailsIn(details);
  return {
    ...others,
    retryDelayMs,
    status: statusName ?? "UNKNOWN",
    httpStatus,
    text,
    isTheService: statusName !== undefined,
    isAboutCredentials: false,
  };
}

/** A status of gRPC, which the SDK also makes of answers over REST. */
function ofStatus(fields: Fields): GcpError | undefined {
  const status = statusNameOf(fields.code) ?? (isOfGrpc(fields) ? "UNKNOWN" : undefined);
  if (status === undefined) return undefined;
  const { cause, httpStatusCode } = fields;
  if (httpStatusCode === undefined && cause instanceof Error && !("config" in cause)) return undecoded;
  const text = textOf(fields.details) || textOf(fields.message);
  const { reason, domain, errorInfoMetadata: metadata, statusDetails } = fields;
  const details = [{ reason, domain, metadata }, ...(Array.isArray(statusDetails) ? statusDetails : [])];
  return {
    ...errorDetailsIn(details),
    status,
    httpStatus: typeof httpStatusCode === "number" ? httpStatusCode : undefined,
    text,
    isTheService: !foreignAnswer.test(text) && !undecodable.test(text),
    isAboutCredentials: withoutToken.test(text),
  };
}

/** A status that gRPC does not know, which is UNKNOWN (https://grpc.github.io/grpc/core/md_doc_statuscodes.html). */
function isOfGrpc({ code, details, metadata }: Fields): boolean {
  return typeof code === "number" && typeof details === "string" && typeof metadata === "object" && metadata !== null;
}

/**
 * An answer over REST that was a success, and that the SDK could not make into a message. What its HTTP client throws has
 * the request's `config`.
 */
const undecoded: GcpError = {
  ...errorDetailsIn([]),
  status: "UNKNOWN",
  httpStatus: 200,
  text: "",
  isTheService: false,
  isAboutCredentials: false,
};

function withoutCredentials(reason: unknown): GcpError {
  const { message, code } = (typeof reason === "object" && reason !== null ? reason : {}) as Fields;
  return {
    ...errorDetailsIn([]),
    status: "UNAUTHENTICATED",
    httpStatus: undefined,
    text: `${textOf(code)} ${textOf(message)}`,
    isTheService: false,
    isAboutCredentials: true,
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
