import type { Agent } from "node:https";
import { endKeptConnections } from "@secretsource/core/source-kit";

interface SentRequest {
  onDownloadProgress?: ((progress: { loadedBytes: number }) => void) | undefined;
}

/**
 * A step of the SDK's pipeline, below the one that adds the token: what fails there failed on the wire. What took a request
 * without an answer may have forgotten the other connections as well: each would cost an attempt.
 */
export function endKeptStep(agent: Agent) {
  return {
    name: "secretsourceEndKept",
    async sendRequest<Request, Response>(request: Request, next: (request: Request) => Promise<Response>) {
      const sent = request as SentRequest;
      const { onDownloadProgress } = sent;
      let isAnswered = false;
      sent.onDownloadProgress = (progress) => {
        isAnswered = true;
        onDownloadProgress?.(progress);
      };
      try {
        return await next(request);
      } catch (error) {
        if (!isAnswered) endKeptConnections(agent);
        throw error;
      } finally {
        sent.onDownloadProgress = onDownloadProgress;
      }
    },
  };
}
