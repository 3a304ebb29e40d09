import type { KeyVaultAnswer } from "./key-vault-methods.ts";

/** What is looked at of an error of the SDK. Its text is only compared with known sentences, and never handed on. */
export interface AzureError {
  readonly name: string;
  /** The service's code, or a connection's: `SecretNotFound`, `ECONNREFUSED`. */
  readonly code: string;
  /** Of `innererror`: why a `Forbidden` is one. */
  readonly innerCode: string;
  readonly status: number | undefined;
  readonly text: string;
  header(name: string): string | undefined;
}

interface Fields {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly message?: unknown;
  readonly details?: { readonly error?: { readonly innerError?: { readonly code?: unknown } } };
  readonly response?: { readonly headers?: KeyVaultAnswer["headers"] };
}

/** As the service sends it. */
interface ErrorBody {
  readonly error?: { readonly innererror?: { readonly code?: unknown } };
}

const requestIdPattern = /^[A-Za-z0-9-]{8,64}$/;

/**
 * Never throws: what was thrown may be anything.
 *
 * @param last The last answer of the call, for errors of the SDK that do not say which it was.
 */
export function azureErrorOf(thrown: unknown, last: KeyVaultAnswer | undefined): AzureError | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  try {
    const { name, code, statusCode, message, details, response } = thrown as Fields;
    // Errors of lists have no details.
    const said = (last?.parsedBody as ErrorBody | undefined)?.error;
    // Of a request that got no answer, such as one for a later page, the last answer says nothing.
    const isUnanswered = statusCode === undefined && (typeof code === "string" || name === "AbortError");
    const status = statusCode ?? (isUnanswered ? undefined : last?.status);
    const headers = response?.headers ?? (isUnanswered ? undefined : last?.headers);
    return {
      name: textOf(name),
      code: textOf(code),
      innerCode: textOf(details?.error?.innerError?.code ?? said?.innererror?.code),
      status: typeof status === "number" ? status : undefined,
      text: textOf(message),
      header: (header) => headerOf(headers, header),
    };
  } catch {
    return undefined;
  }
}

/** An id as Azure makes them; anything else in its place is not handed on. */
export function checkedRequestId(id: unknown): string | undefined {
  return typeof id === "string" && requestIdPattern.test(id) ? id : undefined;
}

function headerOf(headers: KeyVaultAnswer["headers"] | undefined, name: string): string | undefined {
  try {
    return textOf(headers?.get(name)) || undefined;
  } catch {
    // They may be of another kind.
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
