import { gcpErrorOf } from "./gcp-error.ts";

/**
 * True for a call that found a channel of gRPC without a connection. Such a channel goes on trying by itself, less and
 * less often, and fails every call until then: a new one tries when it is asked, and how often that is, is core's matter.
 */
export function hasNoConnection(thrown: unknown): boolean {
  const error = gcpErrorOf(thrown);
  return error?.status === "UNAVAILABLE" && /No connection established|Name resolution failed/.test(error.text);
}
