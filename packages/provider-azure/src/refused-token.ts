import type { SourceFailure } from "@secretsource/core/source";
import type { AzureError } from "./azure-error.ts";

/** The SDK's sentences about a challenge that it does not answer (`@azure/keyvault-common`). */
const strangeChallenge = /^The challenge (?:resource|authorization URI|contains an invalid scope)\b/;
const strangePage = /^The challenge origin\b/;

/** A 401 that stays one, and what no token is sent for. */
export function refusedToken({ name, text, status, header }: AzureError): SourceFailure | undefined {
  if (name === "ForeignChallenge" || strangeChallenge.test(text)) {
    return {
      failure: "unauthenticated",
      advice:
        "The vault's address asks for a token of another service, and was sent none: it is no vault's. Check `vault` and `cloud`, and for a proxy on the way.",
    };
  }
  if (strangePage.test(text)) {
    return {
      failure: "payload-corrupt",
      advice:
        "The list of versions goes on at another host, which was not asked: something changes the vault's answers.",
    };
  }
  if (status !== 401) return undefined;
  if (/\berror="insufficient_claims"/.test(header("www-authenticate") ?? "")) {
    return {
      failure: "unauthenticated",
      advice:
        "Continuous access evaluation refuses the identity's tokens: it was disabled, its sessions were revoked, or a policy does not allow this location.",
    };
  }
  // Its codes for issuer and audience (https://learn.microsoft.com/azure/key-vault/general/rest-error-codes).
  if (/\bAKV10032\b/.test(text)) {
    return {
      failure: "unauthenticated",
      advice: "The token is of another tenant than the vault's: check the tenant that the credential logs in to.",
    };
  }
  return {
    failure: "unauthenticated",
    advice:
      "The vault does not accept the token: it may have expired (is the machine's clock right?), been revoked, or be of another tenant or cloud.",
  };
}
