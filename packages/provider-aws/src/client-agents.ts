import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent } from "node:https";

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
