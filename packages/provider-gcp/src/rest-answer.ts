import { retryAfterMs } from "@secretsource/core/source-kit";
import { isStatusName, type StatusName } from "./status-codes.ts";

/** An answer over REST that is no success. It holds what is looked at, and is never handed on. */
export class RestAnswer extends Error {
  readonly httpStatus: number;
  /** Undefined for an answer that is not in the service's form: something in between gave it. */
  readonly statusName: StatusName | undefined;
  readonly text: string;
  readonly details: readonly unknown[];
  readonly retryAfterMs: number | undefined;

  constructor(httpStatus: number, body: string, headers: Headers) {
    super("The service answered with a failure.");
    this.httpStatus = httpStatus;
    const { status, message, details } = errorIn(body);
    this.statusName = isStatusName(status) ? status : undefined;
    this.text = typeof message === "string" ? message : "";
    this.details = Array.isArray(details) ? details : [];
    this.retryAfterMs = retryAfterMs(headers.get("retry-after"), headers.get("date"));
  }
}

/** Credentials that could not be made into a request's headers. */
export class CredentialsError extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super("The credentials gave no token.");
    this.reason = reason;
  }
}

function errorIn(body: string): { readonly status?: unknown; readonly message?: unknown; readonly details?: unknown } {
  try {
    const answer: unknown = JSON.parse(body);
    const { error } = (answer ?? {}) as { readonly error?: unknown };
    return typeof error === "object" && error !== null ? error : {};
  } catch {
    return {};
  }
}
