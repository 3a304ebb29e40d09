/** What is looked at of an error of the SDK. Its text is only compared with known sentences, and never handed on. */
export interface AwsError {
  /** The service's own name for it, or the SDK's. */
  readonly name: string;
  /** Of a connection: `ECONNREFUSED`. */
  readonly code: string;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly text: string;
  /** Of the answer, by lower-case names. */
  readonly headers: Readonly<Record<string, unknown>>;
}

interface Fields {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown; readonly requestId?: unknown };
  readonly $response?: { readonly statusCode?: unknown; readonly headers?: object };
}

// A UUID: anything else in a header may be a value.
const requestIdPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Never throws: what was thrown may be anything. */
export function awsErrorOf(thrown: unknown): AwsError | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  try {
    const { name, code, message, $metadata, $response } = thrown as Fields;
    const status = $metadata?.httpStatusCode ?? $response?.statusCode;
    return {
      name: textOf(name),
      code: textOf(code),
      status: typeof status === "number" ? status : undefined,
      requestId: checkedRequestId($metadata?.requestId),
      text: textOf(message),
      headers: lowerCased($response?.headers),
    };
  } catch {
    return undefined;
  }
}

/** An id as AWS makes them; anything else in its place is not handed on. */
export function checkedRequestId(id: unknown): string | undefined {
  return typeof id === "string" && requestIdPattern.test(id) ? id : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function lowerCased(headers: object = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
