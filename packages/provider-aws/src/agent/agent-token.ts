import type { SourceFailure } from "@secretsource/core/source";
import { untilAborted } from "@secretsource/core/source-kit";
import type { AgentSettings } from "./agent-options.ts";
import type { SecretsAgentCache } from "./secrets-agent-cache.ts";

export interface TokenText {
  readonly text: string;
  readonly failure?: undefined;
}

/** Where the agent's installation puts it (https://docs.aws.amazon.com/secretsmanager/latest/userguide/secrets-manager-agent.html). */
const usualFile = "/var/run/awssmatoken";
// A session token has no documented length; those seen are below 2,000 characters.
const mostBytes = 16 * 1024;

/**
 * The token, anew for each request.
 *
 * @throws The signal's reason after an abort, and nothing else.
 */
export function agentToken(
  { token: { give, file }, cache }: Pick<AgentSettings, "token" | "cache">,
  signal: AbortSignal,
): Promise<TokenText | SourceFailure> {
  if (give !== undefined) return functionToken(give, signal);
  return file === undefined ? environmentToken(cache, signal) : fileToken(file, signal);
}

async function functionToken(
  give: () => string | Promise<string>,
  signal: AbortSignal,
): Promise<TokenText | SourceFailure> {
  try {
    return checkedToken(await untilAborted(signal, async () => give()));
  } catch {
    // What it threw may quote a token.
    signal.throwIfAborted();
    return { failure: "unauthenticated", advice: "The function `token` of the source has failed." };
  }
}

async function fileToken(path: string, signal: AbortSignal): Promise<TokenText | SourceFailure> {
  try {
    return checkedToken((await untilAborted(signal, () => firstBytes(path))).trim());
  } catch (error) {
    signal.throwIfAborted();
    return noFile(error);
  }
}

/** The variables are looked at for each request, since a runtime may replace them. */
async function environmentToken(cache: SecretsAgentCache, signal: AbortSignal): Promise<TokenText | SourceFailure> {
  const { AWS_TOKEN, AWS_SESSION_TOKEN, AWS_CONTAINER_AUTHORIZATION_TOKEN, AWS_LAMBDA_FUNCTION_NAME } = process.env;
  if (cache === "lambda-extension") return AWS_SESSION_TOKEN ? checkedToken(AWS_SESSION_TOKEN) : noSession;
  if (AWS_TOKEN?.startsWith("file://")) return fileToken(AWS_TOKEN.slice("file://".length), signal);
  if (AWS_TOKEN) return checkedToken(AWS_TOKEN);
  // Elsewhere it is a credential that no agent waits for, and whoever listens at the port would get it.
  const inLambda = AWS_LAMBDA_FUNCTION_NAME && (AWS_SESSION_TOKEN || AWS_CONTAINER_AUTHORIZATION_TOKEN);
  return inLambda ? checkedToken(inLambda) : fileToken(usualFile, signal);
}

async function firstBytes(path: string): Promise<string> {
  const { open } = await import("node:fs/promises");
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes + 1), 0, mostBytes + 1, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A header takes no other characters, and an error about them would quote them. */
function checkedToken(text: unknown): TokenText | SourceFailure {
  const legal = typeof text === "string" && text.length <= mostBytes && /^[\x21-\x7e]+$/.test(text);
  return legal ? { text } : noToken;
}

const noToken: SourceFailure = {
  failure: "unauthenticated",
  advice: "What was given as the token of the agent is empty, too long, or holds characters that no token has.",
};

const noSession: SourceFailure = {
  failure: "unauthenticated",
  advice: "AWS_SESSION_TOKEN is not set: the extension is there for Lambda functions, where Lambda sets it.",
};

function noFile(error: unknown): SourceFailure {
  // The agent's service makes the file when it starts and removes it when it stops.
  return (error as { readonly code?: unknown } | null)?.code === "ENOENT"
    ? {
        failure: "unavailable",
        advice: `The file of the agent's token is not there: start the agent, or name the file by \`tokenFile\` or AWS_TOKEN (default: ${usualFile}).`,
        native: { code: "ENOENT" },
      }
    : {
        failure: "unauthenticated",
        advice:
          "The file of the agent's token cannot be read: put the user that the program runs as into the group `awssmatokenreader`.",
      };
}
