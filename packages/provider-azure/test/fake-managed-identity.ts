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
    const resource = query.get("resource") ?? "";
    const exp = Math.floor(Date.now() / 1000) + 86_400;
    const token = signToken({ aud: resource, iss: `https://sts.windows.net/${tenant}/`, nbf: exp - 90_000, exp });
    return jsonAnswer({ access_token: token, expires_on: String(exp), resource, token_type: "Bearer", client_id: "1" });
  });
}
