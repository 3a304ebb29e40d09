import { routingHeader } from "./routing-header.ts";
import type { SecretManagerMethods } from "./secret-manager-methods.ts";

/** A client that we made, and close. */
export interface OwnClient extends SecretManagerMethods {
  /** Finds the credentials. Rejects where there are none; such a client is of no further use. */
  initialize(): Promise<unknown>;
  close(): Promise<void>;
}

/** What makes clients that share their credentials. */
export interface OwnClients {
  /** @param location Of regional secrets. */
  makeClient(location: string | undefined): OwnClient;
  /** The project that the credentials belong to. Rejects where they say none. */
  projectId(): Promise<string>;
}

/** How the SDK calls the service below the methods that its users call. */
export interface InnerCalls {
  /** There when the client is initialized. */
  readonly innerApiCalls: Readonly<Record<string, (request: object, options: object) => Promise<unknown>>>;
}

/**
 * The SDK's methods over REST, without their debug output, which prints values (`GOOGLE_SDK_NODE_LOGGING`). What they do besides is to
 * say the resource in a header, by which the service routes, and to initialize the client.
 */
export function quietMethods(client: InnerCalls): SecretManagerMethods {
  const call =
    (method: string, resource: "name" | "parent") =>
    async (request: object, options: object): Promise<never> => {
      const headers = routingHeader(request, resource);
      const made = client.innerApiCalls[method]?.(request, { ...options, otherArgs: { headers } });
      return (await made) as never;
    };
  return {
    accessSecretVersion: call("accessSecretVersion", "name"),
    getSecretVersion: call("getSecretVersion", "name"),
    listSecretVersions: call("listSecretVersions", "parent"),
    getSecret: call("getSecret", "name"),
  };
}
