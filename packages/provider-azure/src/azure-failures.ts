import type { SourceFailure } from "@secretsource/core/source";
import { isCertificateCode, isNetworkCode } from "@secretsource/core/source-kit";
import { type AzureError, azureErrorOf, checkedRequestId } from "./azure-error.ts";
import { serviceCodes } from "./failure-codes.ts";
import { forbidden } from "./forbidden.ts";
import { entraCode, identityFailure } from "./identity-failures.ts";
import { identityNames } from "./identity-names.ts";
import type { KeyVaultAnswer } from "./key-vault-methods.ts";
import { refusedToken } from "./refused-token.ts";
import type { VaultPermission } from "./vault-permission.ts";
import { waitMs } from "./wait-ms.ts";

export interface AzureCall {
  readonly permission: VaultPermission;
  readonly last?: KeyVaultAnswer | undefined;
}

/** What an error of the SDK, of a credential or of the service means; undefined for one that none of them makes. */
export function azureFailure(thrown: unknown, { permission, last }: AzureCall): SourceFailure | undefined {
  const error = azureErrorOf(thrown, last);
  if (error === undefined) return undefined;
  const failure =
    identityFailure(error) ?? refusedToken(error) ?? said(error, permission) ?? unreachable(error) ?? unsaid(error);
  if (failure === undefined) return undefined;
  const retryAfterMs = waitMs(error);
  return { ...failure, native: nativeOf(error), ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

function nativeOf(error: AzureError): NonNullable<SourceFailure["native"]> {
  const { name, code, innerCode, status } = error;
  const known = [innerCode, code].find((one) => serviceCodes.has(one) || isNetworkCode(one) || isCertificateCode(one));
  const shown = entraCode(error) ?? known;
  const requestId = checkedRequestId(error.header("x-ms-request-id"));
  return {
    ...((name === "RestError" || identityNames.has(name)) && { name }),
    ...(shown !== undefined && { code: shown }),
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** By the service's own codes (https://learn.microsoft.com/azure/key-vault/general/rest-error-codes). */
function said(error: AzureError, permission: VaultPermission): SourceFailure | undefined {
  const { code, status } = error;
  if (status === 404 && code === "SecretNotFound") return { failure: "not-found" };
  if (status === 403) return forbidden(error, permission);
  if (status === 429) return { failure: "throttled", advice: quota };
  return undefined;
}

const quota =
  "A vault answers 4,000 reads in 10 s, of all its clients together: raise the `ttl`, or spread the secrets over more vaults.";

function unreachable({ name, code, status }: AzureError): SourceFailure | undefined {
  if (name === "AnswerTooLong") {
    return {
      failure: "payload-corrupt",
      advice: "The answer is longer than any of Key Vault's: check the vault's address.",
    };
  }
  if (name === "ProxyRefused") return { failure: "unavailable", advice: noProxyUrl };
  if (status !== undefined) return undefined;
  if (isCertificateCode(code)) {
    return {
      failure: "unavailable",
      advice: "The vault's certificate is not trusted: does a proxy break the connection up?",
    };
  }
  if (code === "ENOTFOUND") {
    return {
      failure: "unavailable",
      advice: noSuchHost,
    };
  }
  if (code === "ERR_INVALID_PROTOCOL") {
    return { failure: "invalid-request", advice: "The `agent` is none for https: give an `Agent` of node:https." };
  }
  if (isNetworkCode(code)) {
    return {
      failure: "unavailable",
      advice:
        "The connection to the vault failed: check the network, the vault's address, and the proxy where HTTPS_PROXY names one, with its scheme.",
    };
  }
  // Of the SDK's own time limits, which only a client that was handed in has.
  if (name === "AbortError") return { failure: "timeout", advice: "There was no answer of the vault in time." };
  return undefined;
}

/** No code that we know: the status breaks the tie. What has none of Key Vault's codes comes from somebody in between. */
function unsaid({ name, code, status }: AzureError): SourceFailure | undefined {
  if (status === undefined) return name === "RestError" ? { failure: "unavailable", advice: brokenOff } : undefined;
  if (status === 409) return { failure: "unavailable", advice: inChange };
  if (status >= 500 || status === 408) return { failure: "unavailable", advice: outOfOrder };
  if (status < 300)
    return { failure: "payload-corrupt", advice: "The answer is none of Key Vault's: check its address." };
  if (status === 400 && serviceCodes.has(code)) return { failure: "invalid-request", advice: wrongRequest };
  return { failure: "unavailable", advice: somebodyElse };
}

const noSuchHost =
  "The DNS finds no vault of this name: either there is none, or there is no DNS from here. Check `vault` and `cloud`, the private DNS zone where it has one, and whether other names are found.";
const wrongRequest =
  "Key Vault does not accept the request: check how the name is written, and which version is asked for.";
const outOfOrder =
  "Key Vault, or a proxy before it, is out of order: look at the Azure status page and the vault's resource health.";
const inChange =
  "The secret is being deleted or recovered, which takes seconds: if it goes on, look at `az keyvault secret list-deleted`.";
const noProxyUrl =
  "The variable that names the proxy (HTTPS_PROXY, ALL_PROXY or HTTP_PROXY) holds no URL: write it with its scheme, such as `http://proxy.example.com:3128`.";
const brokenOff = "The answer broke off: check the network between the program and the vault.";
const somebodyElse =
  "Something other than Key Vault answers at its address, such as a proxy: check the vault's address and the network.";
