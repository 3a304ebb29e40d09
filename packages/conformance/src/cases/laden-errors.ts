/** What errors of SDKs, of `fetch` and of Node are told apart by; sources look at these, and some at nothing else. */
const marks: readonly object[] = [
  {},
  ...["ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "ETIMEDOUT", "ENOENT", "EACCES"].map((code) => ({ code })),
  { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
  ...[400, 401, 403, 404, 429, 500, 503].map((status) => ({ status, statusCode: status })),
  ...["AccessDeniedException", "ResourceNotFoundException", "ThrottlingException"].map((name) => ({
    name,
    $fault: "client",
    $metadata: { httpStatusCode: 400 },
  })),
  { name: "RestError", code: "Forbidden", statusCode: 403 },
  // gRPC: not found, denied, internal, unavailable, unauthenticated.
  ...[5, 7, 13, 14, 16].map((code) => ({ code, cause: undefined, reason: "IAM_PERMISSION_DENIED", domain: "iam" })),
  { name: "AbortError" },
  { name: "TimeoutError" },
];

/**
 * Errors of many kinds, each of which bears the value wherever an error can: in its message, its stack, its causes, and in
 * the request and the answer that SDKs attach. Some have it where an identifier belongs, as a forged answer would.
 */
export function ladenErrors(value: string): readonly unknown[] {
  const laden = marks.map((mark) => Object.assign(new Error(`The request with ${value} failed`), bearing(value), mark));
  return [
    ...laden,
    Object.assign(new TypeError("fetch failed", { cause: laden[1] }), bearing(value)),
    new TypeError(`Cannot read properties of ${value}`),
    new SyntaxError(`Unexpected token 'h', "${value}" is not valid JSON`),
    new AggregateError([laden[0], laden[1]], value),
    Object.assign(new Error(value), { name: value, code: value }),
    Object.assign(new Error(value), { name: value, code: value, status: 403, statusCode: 403 }),
    value,
    { message: value, toString: () => value },
  ];
}

function bearing(value: string): object {
  const headers = { authorization: `Bearer ${value}`, "x-vault-token": value };
  const answer = { status: 500, headers, body: value, data: { errors: [value] }, bodyAsText: value, text: value };
  const request = { url: `https://store.example/${value}`, headers, body: value };
  return {
    cause: new Error(value, { cause: value }),
    request,
    response: answer,
    $response: answer,
    config: { url: request.url, headers, data: value },
    options: { headers },
    body: value,
    details: value,
    note: value,
    path: `/${value}`,
    errorInfoMetadata: { permission: value, resource: value },
    metadata: { internalRepr: new Map([["authorization", [value]]]) },
  };
}
