import { routingHeader } from "./routing-header.ts";
import type { SecretManagerMethods } from "./secret-manager-methods.ts";

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
