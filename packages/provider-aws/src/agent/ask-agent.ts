import type { IncomingMessage } from "node:http";
import type { SourceFailure } from "@secretsource/core/source";
import { isNetworkCode } from "@secretsource/core/source-kit";
import { awsDefaults } from "../defaults.ts";
import type { AgentSettings } from "./agent-options.ts";
import { agentToken } from "./agent-token.ts";
import { lookUpLoopback } from "./look-up-loopback.ts";
import type { LoopbackEndpoint } from "./loopback-endpoint.ts";

export interface AgentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly failure?: undefined;
}

/**
 * One GET, with the token, of an address of this machine; no redirect is followed, and no proxy is asked.
 *
 * @throws The signal's reason after an abort.
 */
export async function askAgent(
  settings: AgentSettings,
  path: string,
  signal: AbortSignal,
): Promise<AgentAnswer | SourceFailure> {
  const { endpoint } = settings;
  const proof = await agentToken(settings, signal);
  if (proof.failure !== undefined) return proof;
  // `import()` would load the WebSocket of `node:http` too, which takes several times as long.
  const { Agent, request } = process.getBuiltinModule("node:http");
  signal.throwIfAborted();
  return new Promise((settle, reject) => {
    const outgoing = request({
      ...endpoint,
      path,
      lookup: lookUpLoopback,
      headers: { "x-aws-parameters-secrets-token": proof.text, accept: "application/json" },
      // Of our own: the global one may lead to a proxy. Nothing is kept alive, since the agent ends every connection after
      // 61 seconds, and a frozen function would come back to a dead one.
      agent: new Agent({ keepAlive: false }),
      signal,
    });
    const end = (answer: AgentAnswer | SourceFailure) => (signal.aborted ? reject(signal.reason) : settle(answer));
    outgoing.once("response", (incoming) => readAnswer(incoming).then(end, reject));
    // Without a listener the request would end without a word.
    outgoing.once("upgrade", (_incoming, socket) => {
      socket.destroy();
      end(anotherProtocol);
    });
    // `on`: a connection may break more than once.
    outgoing.on("error", (error) => end(noAnswer(error, endpoint)));
    outgoing.end();
  });
}

async function readAnswer(incoming: IncomingMessage): Promise<AgentAnswer | SourceFailure> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      // Leaving the loop ends the connection.
      if (size > awsDefaults.agentMaxBytes) return tooLong;
      chunks.push(chunk);
    }
  } catch {
    return cutOff;
  }
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    text: Buffer.concat(chunks, size).toString("utf8"),
  };
}

const tooLong: SourceFailure = {
  failure: "payload-corrupt",
  advice: "What listens at the agent's port answers what is no secret: check the port.",
};

const anotherProtocol: SourceFailure = {
  failure: "unavailable",
  advice: "Something other than AWS's agent listens at the port: it changes the protocol. Check the port.",
};

const cutOff: SourceFailure = {
  failure: "unavailable",
  advice: "The agent's connection ended in the middle of an answer.",
};

function noAnswer(error: unknown, { host, port }: LoopbackEndpoint): SourceFailure {
  const code = codeOf(error);
  const shown = `\`${host}\`, port ${port}`;
  const advice =
    code === "ECONNREFUSED"
      ? `Nothing listens at ${shown}: start the agent, or add the extension's layer to the function, and check the port.`
      : `There was no answer of the agent at ${shown}: check the port, and the agent's log.`;
  return { failure: "unavailable", advice, ...(isNetworkCode(code) && { native: { code } }) };
}

/** Of several attempts at `localhost` too, which come as one error. */
function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "string" ? code : "";
}
