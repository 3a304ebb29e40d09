import type { SourceFailure } from "@secretsource/core/source";
import { isNetworkCode } from "@secretsource/core/source-kit";
import type { AzureError } from "./azure-error.ts";
import { entraAdvice } from "./entra-advice.ts";
import { identityNames } from "./identity-names.ts";

const unreachable =
  /\b(?:network_error|endpoints_resolution_error|openid_config_error|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|temporarily_unavailable)\b/;

/** As Node says it of a file; of a command that is not there it says `spawn az ENOENT`. */
const unreadable = /\b(?:EACCES|EISDIR|ENOENT|EPERM): /;

/** Entra's code for its refusal, where it is among those that we have an advice for. */
export function entraCode({ name, text }: AzureError): string | undefined {
  const code = identityNames.has(name) ? /\bAADSTS\d{5,7}\b/.exec(text)?.[0] : undefined;
  return code !== undefined && entraAdvice.has(code) ? code : undefined;
}

/** There is no token. The text is the credential's, and may quote paths and answers: nothing of it is handed on. */
export function identityFailure(error: AzureError): SourceFailure | undefined {
  const { name, text } = error;
  if (name === "IdentityNotInstalled") return { failure: "unauthenticated", advice: notInstalled };
  if (name === "IdentityNotLoaded") return { failure: "unknown", advice: notLoaded };
  if (name === "DefaultCredentialRefused") return { failure: "unauthenticated", advice: unknownChoice };
  if (name === "NoToken") return { failure: "unauthenticated", advice: noToken };
  if (name === "CredentialFailed") {
    return isNetworkCode(error.code)
      ? { failure: "unavailable", advice: noAuthority }
      : { failure: "unauthenticated", advice: credentialFailed };
  }
  if (!identityNames.has(name)) return undefined;
  const code = entraCode(error);
  if (code !== undefined) return { failure: "unauthenticated", advice: entraAdvice.get(code) as string };
  if (/not configured to acquire tokens for tenant/.test(text))
    return { failure: "unauthenticated", advice: otherTenant };
  if (unreadable.test(text)) return { failure: "unauthenticated", advice: noFile };
  // Of a chain, a link that cannot be reached is the rule: not every machine has a managed identity.
  if (name === "AggregateAuthenticationError") return { failure: "unauthenticated", advice: chain };
  if (/\bManagedIdentityCredential: Network unreachable\b/.test(text))
    return { failure: "unavailable", advice: noEndpoint };
  if (unreachable.test(text) || /\bStatus code: 5\d\d\b/.test(text))
    return { failure: "unavailable", advice: noAuthority };
  if (/\bStatus code: 429\b|\bAADSTS90055\b/.test(text)) return { failure: "throttled", advice: busyAuthority };
  return { failure: "unauthenticated", advice: name === "CredentialUnavailableError" ? noCredential : refused };
}

const notInstalled =
  "Install the optional package that finds out who the program is (`npm install @azure/identity`), or give a `credential`.";
const notLoaded =
  "The package @azure/identity cannot be loaded, though it is there: install the dependencies anew, and see whether too many files are open.";
const noToken =
  "The `credential` gave no token, or one that is none (`token` without blanks, `expiresOnTimestamp` in ms): check what it is made of.";
const unknownChoice =
  "DefaultAzureCredential cannot be made of this environment: AZURE_TOKEN_CREDENTIALS is `prod`, `dev` or the name of one credential, such as `WorkloadIdentityCredential`.";
const noFile =
  "A file that the credential logs in by cannot be read: check that AZURE_FEDERATED_TOKEN_FILE or AZURE_CLIENT_CERTIFICATE_PATH, whichever is set, names one that is there and that the program may read.";
const credentialFailed =
  "The `credential` failed before it asked for a token: check the file that it reads (is it there, may the program read it, does it hold key and certificate in PEM?).";
const otherTenant =
  "The vault belongs to another tenant than the credential: give the vault's tenant id, or name it in the credential's `additionallyAllowedTenants`.";
const chain =
  "No credential of the chain works. DefaultAzureCredential tries environment variables (AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET), workload identity (AZURE_FEDERATED_TOKEN_FILE; AKS sets it where the pod has the label `azure.workload.identity/use`), the managed identity, and the developer's logins: give the program one of them that AZURE_TOKEN_CREDENTIALS does not leave out, or run `az login` on a laptop.";
const noAuthority =
  "Entra ID, which issues the tokens, cannot be reached or is out of order: check the network and the credential's `authorityHost`.";
const noEndpoint =
  "The machine's own endpoint for managed identities does not answer: does it have one at all? Check that an identity is assigned, and that no proxy or network policy stands before 169.254.169.254.";
const busyAuthority = "Entra ID, which issues the tokens, is asked too often.";
const noCredential =
  "The credential is not available here: check its settings (tenant, client id, token file), and that the identity is assigned to this machine or pod.";
const refused = "Entra ID refuses the identity: check its tenant, client id, and secret, certificate or token file.";
