import {
  type FaultyServer,
  jsonAnswer,
  startWireServer,
  type WireAnswer,
  type WireRequest,
} from "@secretsource/conformance/wire";
import { statusCodes } from "../../src/status-codes.ts";
import type { FakeRequest, FakeSecrets, FakeTimestamp, Method } from "./fake-secrets.ts";
import { RpcError } from "./rpc-error.ts";
import { domain } from "./status-details.ts";

const httpStatusOf: Readonly<Record<number, number>> = {
  [statusCodes.INVALID_ARGUMENT]: 400,
  [statusCodes.FAILED_PRECONDITION]: 400,
  [statusCodes.OUT_OF_RANGE]: 400,
  [statusCodes.UNAUTHENTICATED]: 401,
  [statusCodes.PERMISSION_DENIED]: 403,
  [statusCodes.NOT_FOUND]: 404,
  [statusCodes.ABORTED]: 409,
  [statusCodes.ALREADY_EXISTS]: 409,
  [statusCodes.RESOURCE_EXHAUSTED]: 429,
  [statusCodes.CANCELLED]: 499,
  [statusCodes.UNIMPLEMENTED]: 501,
  [statusCodes.UNAVAILABLE]: 503,
  [statusCodes.DEADLINE_EXCEEDED]: 504,
};

/**
 * Secret Manager over REST, by the HTTP rules of its protos.
 *
 * @param refusal What it refuses a request with, such as a token that it does not know.
 */
export function startRestServer(
  secrets: FakeSecrets,
  refusal: (request: WireRequest) => RpcError | undefined = () => undefined,
): Promise<FaultyServer> {
  return startWireServer((request) => {
    try {
      const refused = refusal(request);
      if (refused !== undefined) throw refused;
      const { method, asked } = rpcOf(request);
      return jsonAnswer(inJson(secrets.answer(method, asked)));
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      return errorAnswer(error);
    }
  });
}

/** Which call a request is (google/cloud/secretmanager/v1/service.proto, `google.api.http`). */
export function rpcOf({ method, path, query }: Pick<WireRequest, "method" | "path" | "query">): {
  readonly method: Method;
  readonly asked: FakeRequest;
} {
  const [, name = "", verb] = /^\/v1\/([^:]+)(?::(\w+))?$/.exec(decodeURIComponent(path)) ?? [];
  if (method !== "GET") throw new RpcError("UNIMPLEMENTED", "Method not found.");
  if (verb === "access") return { method: "AccessSecretVersion", asked: { name } };
  if (/\/versions\/[^/]+$/.test(name)) return { method: "GetSecretVersion", asked: { name } };
  if (!name.endsWith("/versions")) return { method: "GetSecret", asked: { name } };
  const asked = {
    parent: name.slice(0, -"/versions".length),
    pageSize: Number(query.get("pageSize") ?? 0),
    pageToken: query.get("pageToken") ?? "",
    filter: query.get("filter") ?? "",
  };
  return { method: "ListSecretVersions", asked };
}

export function errorAnswer(error: RpcError): WireAnswer {
  const details = [
    ...(error.info ? [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", domain, ...error.info }] : []),
    ...(error.retryAfterSeconds
      ? [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${error.retryAfterSeconds}s` }]
      : []),
  ];
  const status = httpStatusOf[error.code] ?? 500;
  const body = { code: status, message: error.message, status: error.status, ...(details.length > 0 && { details }) };
  return jsonAnswer({ error: body }, { status });
}

/** Proto3's JSON: bytes are base64, timestamps are RFC 3339, durations end in `s`. */
function inJson(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString("base64");
  if (Array.isArray(value)) return value.map(inJson);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      if (/Time$/.test(key)) return [key, rfc3339(one as FakeTimestamp)];
      if (/Ttl$/.test(key)) return [key, `${(one as FakeTimestamp).seconds}s`];
      return [key, inJson(one)];
    }),
  );
}

function rfc3339({ seconds, nanos }: FakeTimestamp): string {
  return new Date(Number(seconds) * 1000 + nanos / 1e6).toISOString();
}
