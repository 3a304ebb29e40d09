import {
  type FaultyServer,
  jsonAnswer,
  startWireServer,
  type WireAnswer,
  type WireRequest,
} from "@secretsource/conformance/wire";
import { callService } from "./call-service.ts";
import { FakeSecretsManager } from "./fake-secrets-manager.ts";

// What the AWS Secrets Manager Agent does, as its code says: https://github.com/aws/aws-secretsmanager-agent (below in
// brackets: the file).

const parameters = ["secretId", "versionId", "versionStage", "refreshNow"];

/** The agent on the wire, with a fake of the service behind it. */
export class FakeSecretsAgent {
  readonly service: FakeSecretsManager;
  readonly #cache = new Map<string, WireAnswer>();
  token = "token-of-the-agent-4f1d";
  #server: FaultyServer | undefined;

  private constructor(service: FakeSecretsManager) {
    this.service = service;
  }

  static async start(): Promise<FakeSecretsAgent> {
    const fake = new FakeSecretsAgent(await FakeSecretsManager.start());
    fake.#server = await startWireServer((request) => fake.#answer(request));
    return fake;
  }

  get server(): FaultyServer {
    return this.#server as FaultyServer;
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.service.server.close();
  }

  /** `ttl_seconds` have gone by. */
  expire(): void {
    this.#cache.clear();
  }

  /** In this order (server.rs). */
  #answer(request: WireRequest): WireAnswer | Promise<WireAnswer> {
    const { headers, method, path, query } = request;
    if (headers["x-forwarded-for"] !== undefined) return { status: 400, body: "Forwarded" };
    if (headers["x-aws-parameters-secrets-token"] !== this.token) return { status: 403, body: "Bad Token" };
    if (method !== "GET") return { status: 405, body: "Not allowed" };
    if (path !== "/secretsmanager/get") return { status: 404, body: "Not found" };
    // (parse.rs)
    const unknown = [...query.keys()].find((key) => !parameters.includes(key));
    if (unknown !== undefined) return { status: 400, body: `unknown parameter: ${unknown}` };
    return this.#get(query);
  }

  /** By name, version and stage as they were asked for (memory_store); only values are kept. */
  async #get(query: URLSearchParams): Promise<WireAnswer> {
    const { refreshNow, ...asked } = Object.fromEntries(query);
    const key = JSON.stringify(asked);
    const cached = this.#cache.get(key);
    if (cached !== undefined && refreshNow !== "true") return cached;
    const input = { SecretId: asked.secretId, VersionId: asked.versionId, VersionStage: asked.versionStage };
    const called = await callService(
      this.service.server,
      "secretsmanager",
      "secretsmanager.GetSecretValue",
      input,
    ).catch(() => undefined);
    // (cache_manager.rs, svc_err)
    if (called === undefined) return serviceError(502, "ConnectionError", "Read Error");
    const { status, answer } = called;
    if (status !== 200) return serviceError(status, String(answer.__type), String(answer.message));
    // A date is text (output.rs).
    const shown = jsonAnswer({ ...answer, CreatedDate: String(answer.CreatedDate) }, { headers: {} });
    this.#cache.set(key, shown);
    return shown;
  }
}

/** Not escaped, so that a message with quotes makes it no JSON (utils.rs, err_response). */
export function serviceError(status: number, type: string, message: string): WireAnswer {
  return { status, body: `{"__type":"${type}", "message":"${message}"}` };
}
