import type { SourceFailure } from "@secretsource/core/source";
import { awsFailure } from "../aws-failures.ts";
import { waitMs } from "../retry-after.ts";
import type { AgentAnswer } from "./ask-agent.ts";

/**
 * The service's errors as the agent hands them on
 * (https://github.com/aws/aws-secretsmanager-agent, `err_response`). Their text is not escaped, and may be no JSON.
 */
const typePattern = /^\s*\{\s*"__type"\s*:\s*"(?:[\w.]{1,128}#)?([A-Za-z]{1,64})"/;

/** What an answer other than 200 stands for. Its text is compared with known sentences, and never handed on. */
export function agentFailure({ status, headers, text }: AgentAnswer, action: string): SourceFailure {
  const name = typePattern.exec(text)?.[1];
  if (name === undefined) {
    const retryAfterMs = waitMs(headers);
    return {
      ...ownFailure(status, text),
      native: { status },
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
  const error = { name, message: text, $metadata: { httpStatusCode: status }, $response: { headers } };
  const failure = awsFailure(error, { action }) ?? { failure: "unknown" };
  const advice = status === 502 || status === 504 ? beyondTheAgent : adviceByCode[failure.failure];
  if (advice !== undefined) return { ...failure, advice };
  // Whose permission it is.
  return failure.advice === undefined
    ? failure
    : { ...failure, advice: failure.advice.replace("the program runs as", "the agent runs as") };
}

const beyondTheAgent =
  "The agent is there and cannot reach the service: check the agent's network, its region and its log.";

/** Where the advice for a program that asks the service itself would lead astray. */
const adviceByCode: Partial<Record<SourceFailure["failure"], string>> = {
  "not-found":
    "It is not in the agent's region, in the account that the agent's credentials belong to: check the name, the region and the account.",
  unauthenticated:
    "The service refuses the credentials of the agent itself, not its token: check the role or the profile that the agent runs with.",
  unavailable: "The agent has an error of its own or of the service: see its log.",
};

function ownFailure(status: number, text: string): SourceFailure {
  if (status === 429) return tooManyConnections;
  if (status >= 500) return { failure: "unavailable", advice: "The agent has an error of its own: see its log." };
  if (status === 401 || status === 403) return badToken;
  if (status !== 400) return somebodyElse;
  if (/\bnot ready to serve traffic\b/.test(text)) return notReady;
  if (/\bunexpected error occurred while executing request\b/.test(text)) return noReason;
  if (/^Forwarded$/.test(text.trim())) return forwarded;
  return otherCache;
}

// One by one, as the agent (server.rs) and the extension
// (https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html) answer.
const tooManyConnections: SourceFailure = {
  failure: "throttled",
  advice: "The agent has as many connections as it takes: raise `max_conn` in its configuration.",
};

const badToken: SourceFailure = {
  failure: "unauthenticated",
  advice:
    "The agent does not accept the token: take the one that this agent was started with (a new one is made when its service starts), or, in a Lambda function, AWS_SESSION_TOKEN.",
};

const notReady: SourceFailure = {
  failure: "unavailable",
  advice:
    "The extension answers nothing before the function's first invocation: read secrets in the handler, not while the module loads.",
};

/** Not found, denied, throttled or unreachable: the extension has one sentence for all of them. */
const noReason: SourceFailure = {
  failure: "unknown",
  advice:
    "The extension says only that the request failed. Its log in CloudWatch has the reason: the name is not there, the function's role may not read it, or the service was not reached.",
};

const forwarded: SourceFailure = {
  failure: "unavailable",
  advice: "Something between the program and the agent adds `X-Forwarded-For`, which the agent refuses: go without it.",
};

const otherCache: SourceFailure = {
  failure: "invalid-request",
  advice: "The agent refuses the form of the request: is `cache` the one that listens at the port?",
};

const somebodyElse: SourceFailure = {
  failure: "unavailable",
  advice: "Something other than AWS's agent listens at the port, or redirects: check the port.",
};
