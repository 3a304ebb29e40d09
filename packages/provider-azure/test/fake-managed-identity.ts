import { type FaultyServer, jsonAnswer, startWireServer } from "@secretsource/conformance/wire";
import { tenant } from "./fake-entra.ts";
import { signToken } from "./fake-token.ts";

export const identityHeader = "identity-header-of-the-tests";

/**
 * The endpoint that App Service and Container Apps give to a program with a managed identity
 * (https://learn.microsoft.com/azure/app-service/overview-managed-identity, REST endpoint reference).
 */
export function startManagedIdentity(): Promise<FaultyServer> {
  return startWireServer(({ path, query, headers }) => {
    if (path !== "/msi/token" || query.get("api-version") !== "2019-08-01") return { status: 400 };
    if (headers["x-identity-header"] !== identityHeader) return { status: 403 };
    return tokenFor(query.get("resource") ?? "");
  });
}

/**
 * The endpoint that every virtual machine has at 169.254.169.254
 * (https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token).
 *
 * @param clientId Of the user-assigned identity that the machine has.
 */
export function startInstanceMetadata(clientId: string): Promise<FaultyServer> {
  return startWireServer(({ path, query, headers }) => {
    if (!/^\/metadata\/identity\/oauth2\/token\/?$/.test(path) || query.get("api-version") !== "2018-02-01")
      return { status: 404 };
    // Against requests that somebody else leads a program to: they bear no such header.
    if (headers.metadata !== "true") return { status: 400 };
    if (query.get("client_id") !== clientId) {
      return jsonAnswer({ error: "invalid_request", error_description: "Identity not found" }, { status: 400 });
    }
    return tokenFor(query.get("resource") ?? "");
  });
}

function tokenFor(resource: string) {
  const exp = Math.floor(Date.now() / 1000) + 86_400;
  const token = signToken({ aud: resource, iss: `https://sts.windows.net/${tenant}/`, nbf: exp - 90_000, exp });
  return jsonAnswer({
    access_token: token,
    expires_in: "86400",
    expires_on: String(exp),
    resource,
    token_type: "Bearer",
    client_id: "1",
  });
}
