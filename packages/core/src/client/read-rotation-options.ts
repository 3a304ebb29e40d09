import type { Verify } from "../rotation/verify-gate.ts";
import { invalidOptions } from "../source-kit/invalid-options.ts";
import { readOptions } from "../source-kit/read-options.ts";
import { type ReadRequest, requestOf } from "./read-request.ts";

const reading = ["schema", "as", "field", "source", "signal"] as const;

/** @throws SecretsError `invalid-options` */
export function readWatchOptions(options: unknown): { request: ReadRequest; verify: Verify | undefined } {
  const { verify, ...given } = readOptions(options, [...reading, "version", "verify"], "watchSecret's options");
  if (verify !== undefined && typeof verify !== "function") invalidOptions("`verify` must be a function.");
  return { request: requestOf(given), verify: verify as Verify | undefined };
}

/** @throws SecretsError `invalid-options` */
export function readWithOptions(
  operation: unknown,
  options: unknown,
): {
  request: ReadRequest;
  isAuthError: (error: unknown) => boolean;
} {
  if (typeof operation !== "function")
    invalidOptions("withSecret's second argument must be the operation: a function.");
  const { isAuthError, ...given } = readOptions(options, [...reading, "isAuthError"], "withSecret's options");
  if (typeof isAuthError !== "function") {
    invalidOptions("`isAuthError` must be a function that knows the error of a rejected login.");
  }
  return { request: requestOf(given), isAuthError: isAuthError as (error: unknown) => boolean };
}

/** @throws SecretsError `invalid-options` */
export function readAcceptOptions(check: unknown, options: unknown): { request: ReadRequest; pending: boolean } {
  if (typeof check !== "function") invalidOptions("acceptAny's second argument must be the check: a function.");
  const { pending, ...given } = readOptions(options, [...reading, "pending"], "acceptAny's options");
  if (pending !== undefined && typeof pending !== "boolean") invalidOptions("`pending` must be true or false.");
  return { request: requestOf(given), pending: pending === true };
}
