/** Canonical codes (google/rpc/code.proto), the same over gRPC and REST. */
export const statusCodes = {
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

export type StatusName = keyof typeof statusCodes;

const names = new Map(Object.entries(statusCodes).map(([name, code]) => [code as number, name as StatusName]));

export function statusNameOf(code: unknown): StatusName | undefined {
  return typeof code === "number" ? names.get(code) : undefined;
}

export function isStatusName(text: unknown): text is StatusName {
  return typeof text === "string" && Object.hasOwn(statusCodes, text);
}
