import { randomUUID } from "node:crypto";
import {
  type FaultyServer,
  jsonAnswer,
  startWireServer,
  type WireAnswer,
  type WireRequest,
} from "@secretsource/conformance/wire";

export const testCredentials = {
  accessKeyId: "AKIDTESTTESTTEST",
  secretAccessKey: "wJ7qXz0pRk2V9wT4bN8sHd5JmQy3Lf6Gc1Ua",
};

export type Input = Readonly<Record<string, unknown>>;
export type Operations = Readonly<Record<string, (input: Input, request: WireRequest) => object>>;

/** What the service answers in place of an output. */
class ServiceError extends Error {
  readonly answer: WireAnswer;

  constructor(type: string, message: string) {
    super(type);
    this.answer = errorAnswer(type, message);
  }
}

export function failWith(type: string, message: string): never {
  throw new ServiceError(type, message);
}

/** Errors of both services are 400, but for those of their own making. */
export function errorAnswer(type: string, message: string, status = 400): WireAnswer {
  return awsAnswer({ __type: type, message }, status);
}

/** A service of AWS on the wire: JSON 1.1 (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html). */
export function startJsonService(name: string, operations: Operations): Promise<FaultyServer> {
  return startWireServer((request) => {
    try {
      checkSignature(name, request);
      const operation = operationOf(request);
      const run = operations[operation] ?? failWith("UnknownOperationException", operation);
      return awsAnswer(run(JSON.parse(request.text) as Input, request), 200);
    } catch (error) {
      if (error instanceof ServiceError) return error.answer;
      throw error;
    }
  });
}

export function operationOf({ headers }: WireRequest): string {
  return String(headers["x-amz-target"]).replace(/^[^.]*\./, "");
}

/** Every call that has arrived: the operation and its input. */
export function callsOf({ requests }: { readonly requests: readonly WireRequest[] }): [string, Input][] {
  return requests.map((request) => [operationOf(request), JSON.parse(request.text) as Input]);
}

function awsAnswer(value: object, status: number): WireAnswer {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() };
  return jsonAnswer(value, { status, headers });
}

// The signature itself is the SDK's matter; whose it is, and for what, is ours
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html).
const scopePattern = /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\/\d{8}\/[a-z0-9-]+\/([a-z]+)\/aws4_request, /;

function checkSignature(name: string, { headers: { authorization = "" } }: WireRequest): void {
  if (authorization === "") failWith("MissingAuthenticationTokenException", "Missing Authentication Token");
  const [, key, service] = scopePattern.exec(authorization) ?? [];
  if (service !== name) failWith("InvalidSignatureException", "Credential should be scoped to correct service.");
  if (key !== testCredentials.accessKeyId) {
    failWith("UnrecognizedClientException", "The security token included in the request is invalid.");
  }
}
