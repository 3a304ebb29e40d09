import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import { endKeptConnections } from "@secretsource/core/source-kit";

/** What keeps a client's connections, as the SDK's request handler takes it. */
export interface ClientAgents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

// The SDK's own.
const agentOptions = { keepAlive: true, maxSockets: 50 };

export function clientAgents(): ClientAgents {
  // `import()` would load the WebSocket of `node:http` too, which takes several times as long.
  const http = process.getBuiltinModule("node:http");
  const https = process.getBuiltinModule("node:https");
  return { httpAgent: new http.Agent(agentOptions), httpsAgent: new https.Agent(agentOptions) };
}

type Handler<Args, Output> = (args: Args) => Promise<Output>;

/** A step for a client's middleware stack, the one next to the wire: what it throws had no answer. */
export const wireStep = { step: "deserialize", priority: "low", name: "secretsourceKeptConnections" } as const;

/** What took a request without an answer may have forgotten the other connections as well: each would cost an attempt. */
export const endKept =
  ({ httpAgent, httpsAgent }: ClientAgents) =>
  <Args extends object, Output>(next: Handler<Args, Output>): Handler<Args, Output> =>
  async (args) => {
    try {
      return await next(args);
    } catch (error) {
      endKeptConnections(httpAgent);
      endKeptConnections(httpsAgent);
      throw error;
    }
  };
