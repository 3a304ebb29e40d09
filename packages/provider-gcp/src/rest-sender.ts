import type { Agent } from "node:http";
import { endKeptConnections } from "@secretsource/core/source-kit";
import { gcpDefaults } from "./defaults.ts";
import type { RestRequest, SendRest } from "./rest-auth.ts";

export interface RestSender {
  readonly send: SendRest;
  /** Ends the connections that are kept. */
  close(): void;
}

const proxyVariables = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/** @param fetch As `gaxios` has it: without an agent, it goes by the proxies of the environment. */
export function restSender(fetch: (url: string, request: RestRequest) => Promise<Response>): RestSender {
  // Loaded on first use, as the SDK is.
  const plain = withoutHeaders(new (process.getBuiltinModule("node:http").Agent)({ keepAlive: true }));
  const secure = withoutHeaders(new (process.getBuiltinModule("node:https").Agent)({ keepAlive: true }));
  const isProxied = proxyVariables.some((name) => process.env[name]);

  // Said also where there is none: the SDK has one of its own, which would be taken.
  function agentFor(url: string): Agent | undefined {
    if (url.startsWith("http:")) return plain;
    return isProxied ? undefined : secure;
  }

  return {
    async send(url, request) {
      const agent = agentFor(url);
      try {
        return await fetch(url, {
          ...request,
          agent,
          // A token goes to nobody but the host that was asked.
          redirect: "manual",
          size: gcpDefaults.maxBytes,
          retry: false,
          validateStatus: () => true,
        });
      } catch (error) {
        // What took this request without an answer may have forgotten the others as well: each would cost an attempt.
        if (agent !== undefined) endKeptConnections(agent);
        throw error;
      }
    },
    close() {
      plain.destroy();
      secure.destroy();
    },
  };
}

/** Node hands a request's headers on to whatever connects, and prints them there (`NODE_DEBUG=net`), the token among them. */
function withoutHeaders(agent: Agent): Agent {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => connect({ ...options, headers: undefined }, done);
  return agent;
}
