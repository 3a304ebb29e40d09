import type { Agent } from "node:https";
import { endKeptConnections } from "@secretsource/core/source-kit";

interface SentRequest {
  agent?: unknown;
  onDownloadProgress?: ((progress: { loadedBytes: number }) => void) | undefined;
}

/**
 * A step of the SDK's pipeline, below the one that adds the token: what fails there failed on the wire. A request that does not
 * go through a proxy of the environment goes by an agent of ours, which the SDK could not be given without losing the proxy.
 * What took it without an answer may have forgotten the other connections as well: each would cost an attempt.
 */
export function ownAgentStep(makeAgent: () => Agent) {
  let agent: Agent | undefined;
  return {
    name: "secretsourceOwnAgent",
    async sendRequest<Request, Response>(request: Request, next: (request: Request) => Promise<Response>) {
      const sent = request as SentRequest;
      if (sent.agent === undefined) {
        agent ??= makeAgent();
        sent.agent = agent;
      }
      const { onDownloadProgress } = sent;
      let isAnswered = false;
      sent.onDownloadProgress = (progress) => {
        isAnswered = true;
        onDownloadProgress?.(progress);
      };
      try {
        return await next(request);
      } catch (error) {
        if (!isAnswered && agent !== undefined) endKeptConnections(agent);
        throw error;
      } finally {
        sent.onDownloadProgress = onDownloadProgress;
      }
    },
  };
}
