/** What is kept of a store's own error: identifiers only, never its message, request or response. */
export interface NativeError {
  readonly name?: string;
  readonly code?: string;
  /** HTTP or gRPC status. */
  readonly status?: number;
  /** The store's request id, to quote in a support case. */
  readonly requestId?: string;
}

// Identifiers look like these. Anything else (a sentence, a payload) may quote a value and is dropped. What looks like
// an identifier and is a value all the same, only the source can know: it passes on what its store documents.
const identifier = /^[A-Za-z_$][\w.$:#-]{0,99}$/;
const codeLike = /^[\w.:#-]{1,100}$/;
const requestIdLike = /^[\w.:=/+-]{1,128}$/;
const largestStatus = 999;

/** Copies the identifiers, each read once, from whatever it is given. Never throws. */
export function reduceNative(native: unknown): NativeError | undefined {
  if (typeof native !== "object" || native === null) return undefined;
  const name = identifierAt(native, "name", identifier);
  const code = identifierAt(native, "code", codeLike);
  const status = statusAt(native);
  const requestId = identifierAt(native, "requestId", requestIdLike);
  if (name === undefined && code === undefined && status === undefined && requestId === undefined) return undefined;
  return {
    ...(name !== undefined && { name }),
    ...(code !== undefined && { code }),
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
  };
}

function identifierAt(native: object, key: string, pattern: RegExp): string | undefined {
  const value = read(native, key);
  return typeof value === "string" && pattern.test(value) ? value : undefined;
}

function statusAt(native: object): number | undefined {
  const value = read(native, "status");
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= largestStatus
    ? value
    : undefined;
}

function read(native: object, key: string): unknown {
  try {
    return (native as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}
