import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface JsonRequest {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage["headers"];
}

/** What the service answers in place of an output. */
class ServiceError extends Error {
  readonly answer: { readonly __type: string; readonly message: string };

  constructor(type: string, message: string) {
    super(type);
    this.answer = { __type: type, message };
  }
}

export function failWith(type: string, message: string): never {
  throw new ServiceError(type, message);
}

export const testCredentials = { accessKeyId: "AKIDTESTTESTTEST", secretAccessKey: "secret-access-key-of-the-tests" };

/** A service of AWS on the wire: JSON 1.1 (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html). */
export class JsonService {
  readonly requests: JsonRequest[] = [];
  /** Takes the place of the service for every request. */
  fault: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  readonly #operations: Readonly<Record<string, (request: JsonRequest) => object>>;
  readonly #name: string;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  constructor(name: string, operations: Readonly<Record<string, (request: JsonRequest) => object>>) {
    this.#name = name;
    this.#operations = operations;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const operation = String(request.headers["x-amz-target"]).replace(/^[^.]*\./, "");
    const input = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    const asked = { operation, input, headers: request.headers };
    this.requests.push(asked);
    if (this.fault !== undefined) return this.fault(request, response);
    try {
      this.#checkSignature(request);
      const answer = this.#operations[operation]?.(asked) ?? failWith("UnknownOperationException", operation);
      send(response, 200, answer);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      send(response, 400, error.answer);
    }
  }

  #checkSignature({ headers: { authorization = "" } }: IncomingMessage): void {
    if (authorization === "") failWith("MissingAuthenticationTokenException", "Missing Authentication Token");
    const scope = /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]+)\/\d{8}\/([a-z0-9-]+)\/([a-z]+)\/aws4_request, /.exec(
      authorization,
    );
    if (scope?.[3] !== this.#name)
      failWith("InvalidSignatureException", "Credential should be scoped to correct service.");
    if (scope[1] !== testCredentials.accessKeyId) {
      failWith("UnrecognizedClientException", "The security token included in the request is invalid.");
    }
  }
}

function send(response: ServerResponse, status: number, answer: object): void {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() };
  response.writeHead(status, headers).end(JSON.stringify(answer));
}
