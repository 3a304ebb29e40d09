import {
  type FaultyServer,
  jsonAnswer,
  startWireServer,
  type WireAnswer,
  type WireRequest,
} from "@secretsource/conformance/wire";
import { callService } from "./call-service.ts";
import { FakeParameterStore } from "./fake-parameter-store.ts";
import { FakeSecretsManager } from "./fake-secrets-manager.ts";

// What the AWS Parameters and Secrets Lambda Extension does, which is closed: requests and caching from
// https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html, answers and its two
// sentences from https://github.com/fedonev/lambda-params-secrets (recorded from the extension). What it says to a wrong
// token is nowhere written; 401 stands for it.

/** The extension on the wire, with fakes of both services behind it. */
export class FakeLambdaExtension {
  readonly secrets: FakeSecretsManager;
  readonly parameters: FakeParameterStore;
  readonly #cache = new Map<string, WireAnswer>();
  token = "session-token-of-the-function-91c2";
  isReady = true;
  #server: FaultyServer | undefined;

  private constructor(secrets: FakeSecretsManager, parameters: FakeParameterStore) {
    this.secrets = secrets;
    this.parameters = parameters;
  }

  static async start(): Promise<FakeLambdaExtension> {
    const fake = new FakeLambdaExtension(await FakeSecretsManager.start(), await FakeParameterStore.start());
    fake.#server = await startWireServer((request) => fake.#answer(request));
    return fake;
  }

  get server(): FaultyServer {
    return this.#server as FaultyServer;
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.secrets.server.close();
    await this.parameters.server.close();
  }

  /** The time to live has gone by. */
  expire(): void {
    this.#cache.clear();
  }

  async #answer({ headers, url, path, query }: WireRequest): Promise<WireAnswer> {
    if (!this.isReady) return { status: 400, body: "not ready to serve traffic, please wait" };
    if (headers["x-aws-parameters-secrets-token"] !== this.token) return { status: 401 };
    const cached = this.#cache.get(url);
    if (cached !== undefined) return cached;
    const answer = await this.#ask(path, Object.fromEntries(query));
    if (answer === undefined) return { status: 400, body: "an unexpected error occurred while executing request" };
    const shown = jsonAnswer({ ...answer, ResultMetadata: {} });
    this.#cache.set(url, shown);
    return shown;
  }

  /** Undefined for every error there is. */
  async #ask(path: string, asked: Readonly<Record<string, string>>): Promise<object | undefined> {
    if (path.replace(/\/$/, "") === "/secretsmanager/get") {
      const input = { SecretId: asked.secretId, VersionId: asked.versionId, VersionStage: asked.versionStage };
      const { server } = this.secrets;
      const { status, answer } = await callService(server, "secretsmanager", "secretsmanager.GetSecretValue", input);
      if (status !== 200) return undefined;
      return { SecretString: null, SecretBinary: null, ...answer, CreatedDate: isoDate(answer.CreatedDate) };
    }
    const selector = asked.version ?? asked.label;
    const Name = selector === undefined ? asked.name : `${asked.name}:${selector}`;
    const input = { Name, WithDecryption: asked.withDecryption === "true" };
    const { status, answer } = await callService(this.parameters.server, "ssm", "AmazonSSM.GetParameter", input);
    if (status !== 200) return undefined;
    const Parameter = answer.Parameter as Readonly<Record<string, unknown>>;
    const LastModifiedDate = isoDate(Parameter.LastModifiedDate);
    return { Parameter: { Selector: null, SourceResult: null, ...Parameter, LastModifiedDate } };
  }
}

function isoDate(seconds: unknown): string {
  return new Date(Number(seconds) * 1000).toISOString();
}
