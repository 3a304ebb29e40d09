import { endKeptConnections } from "@secretsource/core/source-kit";
import type { ClientAgents } from "./client-agents.ts";
import { awsDefaults } from "./defaults.ts";

interface SendOptions {
  readonly abortSignal?: unknown;
}

/** What sends a client's requests, and resolves when the head of an answer is there. */
export interface WireHandler {
  handle(request: unknown, options?: SendOptions): Promise<unknown>;
  destroy(): void;
}

/**
 * Guards every request of a client, those for its credentials among them: the SDK sends them to STS and its likes by the same
 * handler, without a signal, and everybody waits for the one that is under way. Without an end of its own, one that is lost
 * would keep all reads waiting until the system gives the connection up, which takes a quarter of an hour.
 */
export function guardWire(handler: WireHandler, { httpAgent, httpsAgent }: ClientAgents): void {
  const handle = handler.handle.bind(handler);
  const destroy = handler.destroy.bind(handler);
  let isDestroyed = false;
  handler.destroy = () => {
    isDestroyed = true;
    destroy();
  };
  handler.handle = async (request, options = {}) => {
    // The SDK asks STS again for what the close has ended, and nobody is left to end that connection.
    if (isDestroyed) throw Object.assign(new Error("The client is closed"), { name: "ClientClosed" });
    const ownEnd = options.abortSignal === undefined ? AbortSignal.timeout(awsDefaults.credentialsMs) : undefined;
    try {
      return await handle(request, ownEnd === undefined ? options : { ...options, abortSignal: ownEnd });
    } catch (error) {
      // What took this request without an answer may have forgotten the other connections as well: each would cost an attempt.
      endKeptConnections(httpAgent);
      endKeptConnections(httpsAgent);
      // By a name that the SDK does not try again for.
      throw ownEnd?.aborted ? Object.assign(new Error("No answer in time"), { name: "CredentialsTookTooLong" }) : error;
    }
  };
}
