import type { AwsOptions } from "./aws-options.ts";
import { rememberCircumstances } from "./circumstances.ts";
import type { ClearText } from "./clear-text.ts";
import type { ClientAgents } from "./client-agents.ts";
import { guardWire, type WireHandler } from "./guard-wire.ts";
import { withSecondChance } from "./second-chance.ts";
import { hostStep, watchHosts } from "./watch-hosts.ts";

/** A client that we made, and close. */
export interface OwnClient {
  /** The region that it was given, or found. Rejects where there is none. */
  region(): Promise<string>;
  destroy(): void;
}

interface Identity {
  readonly accessKeyId: string;
  readonly sessionToken?: string | undefined;
}

/** A client of the SDK, of whichever service. */
interface SdkClient {
  readonly config: {
    readonly serviceId: string;
    readonly requestHandler: unknown;
    serviceConfiguredEndpoint?: unknown;
    region(): Promise<string>;
    credentials(options?: { forceRefresh?: boolean }): Promise<Identity>;
  };
  readonly middlewareStack: {
    add(middleware: ReturnType<typeof watchHosts>, options: typeof hostStep): void;
  };
  destroy(): void;
}

/** What all of our clients have in common. `send` sends by the client, with its second chance. */
export function ownClient(
  client: SdkClient,
  { profile, endpoint, credentials }: AwsOptions,
  clearText: ClearText,
  agents: ClientAgents,
): OwnClient & {
  send<Answer>(send: () => Promise<Answer>): Promise<Answer>;
} {
  const { config } = client;
  guardWire(config.requestHandler as WireHandler, agents);
  if (profile !== undefined && endpoint === undefined) {
    config.serviceConfiguredEndpoint = async () =>
      (await import("./configured-endpoint-sdk.ts")).configuredEndpoint(config.serviceId, profile);
  }
  client.middlewareStack.add(
    watchHosts(clearText, () => config.region()),
    hostStep,
  );
  async function renewCredentials(): Promise<boolean> {
    const before = await client.config.credentials();
    const now = await client.config.credentials({ forceRefresh: true });
    return now.accessKeyId !== before.accessKeyId || now.sessionToken !== before.sessionToken;
  }
  async function send<Answer>(sendOnce: () => Promise<Answer>): Promise<Answer> {
    try {
      return await withSecondChance(sendOnce, renewCredentials);
    } catch (error) {
      if (credentials === undefined) rememberCircumstances(error, { profile: profile ?? process.env.AWS_PROFILE });
      throw error;
    }
  }
  return {
    send,
    region: () => client.config.region(),
    destroy: () => client.destroy(),
  };
}
