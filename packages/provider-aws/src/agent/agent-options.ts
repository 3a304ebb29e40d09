import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import { awsDefaults } from "../defaults.ts";
import { checkedPort, type LoopbackEndpoint, loopbackEndpoint } from "./loopback-endpoint.ts";
import type { SecretsAgentCache } from "./secrets-agent-cache.ts";

export interface SecretsAgentOptions {
  /**
   * Who listens: the AWS Secrets Manager Agent, or the AWS Parameters and Secrets Lambda Extension. Default: `"agent"`.
   */
  readonly cache?: SecretsAgentCache | undefined;
  /** Whose names are read. Parameter Store is had from the Lambda extension alone. Default: `"secretsmanager"`. */
  readonly service?: "secretsmanager" | "ssm" | undefined;
  /**
   * `http://localhost:2773`, or another port or address of the loopback; anything else is refused. Default: that, and for
   * the extension the port of `PARAMETERS_SECRETS_EXTENSION_HTTP_PORT`.
   */
  readonly url?: string | undefined;
  /** Gives the token. Called for each read. */
  readonly token?: (() => string | Promise<string>) | undefined;
  /**
   * The file of the token, read anew for each read; blanks around the token are cut off. Default of both: for the agent
   * `AWS_TOKEN` (a token, or `file://` and a path), in a Lambda function then `AWS_SESSION_TOKEN` and
   * `AWS_CONTAINER_AUTHORIZATION_TOKEN`, anywhere else then the file `/var/run/awssmatoken`; for the extension
   * `AWS_SESSION_TOKEN`.
   */
  readonly tokenFile?: string | undefined;
}

export interface AgentSettings {
  readonly cache: SecretsAgentCache;
  readonly service: "secretsmanager" | "ssm";
  readonly endpoint: LoopbackEndpoint;
  readonly token: TokenSetting;
}

/** A function or a file that has the token. Neither: the environment says where it is. */
export interface TokenSetting {
  readonly give?: (() => string | Promise<string>) | undefined;
  readonly file?: string | undefined;
}

export const agentOptionNames = ["cache", "service", "url", "token", "tokenFile"] as const;

const factory = "awsSecretsAgent";

/** @throws SecretsError `invalid-options` */
export function agentSettings(options: unknown): AgentSettings {
  const given = readOptions(options, agentOptionNames, `The options of ${factory}`);
  const { cache = "agent", service = "secretsmanager", url } = given;
  if (cache !== "agent" && cache !== "lambda-extension") {
    return invalidOptions(`\`cache\` of ${factory} must be "agent" or "lambda-extension".`);
  }
  if (service !== "secretsmanager" && service !== "ssm") {
    return invalidOptions(`\`service\` of ${factory} must be "secretsmanager" or "ssm".`);
  }
  if (service === "ssm" && cache === "agent") {
    return invalidOptions(`\`service: "ssm"\` of ${factory} goes with \`cache: "lambda-extension"\` alone.`);
  }
  return { cache, service, endpoint: loopbackEndpoint(url, portOf(cache), factory), token: tokenOf(given) };
}

function portOf(cache: SecretsAgentCache): number {
  const port = cache === "agent" ? undefined : process.env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT;
  return port ? checkedPort(port, "PARAMETERS_SECRETS_EXTENSION_HTTP_PORT") : awsDefaults.agentPort;
}

function tokenOf({ token, tokenFile }: Readonly<Record<string, unknown>>): TokenSetting {
  if (token !== undefined && tokenFile !== undefined) {
    return invalidOptions(`${factory} takes \`token\` or \`tokenFile\`, and not both.`);
  }
  if (token !== undefined) {
    if (typeof token === "function") return { give: token as () => string | Promise<string> };
    return invalidOptions(`\`token\` of ${factory} must be a function that gives it.`);
  }
  if (tokenFile === undefined) return {};
  if (typeof tokenFile === "string" && tokenFile !== "" && !tokenFile.includes("\0")) return { file: tokenFile };
  return invalidOptions(`\`tokenFile\` of ${factory} must be the path of a file.`);
}
