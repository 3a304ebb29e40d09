import type { SourceFailure } from "@secretsource/core/source";

/** The message of a token that took too long. */
export const noTokenInTime = "No token came in time.";

const network =
  /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE)\b|socket hang up|network timeout/;

/** Why the SDK has no token, by the kind of its complaint; the text may quote paths and addresses, and is never handed on. */
export function credentialsFailure(text: string): SourceFailure {
  if (/Could not load the default credentials/.test(text)) return { failure: "unauthenticated", advice: noCredentials };
  if (/GOOGLE_APPLICATION_CREDENTIALS/.test(text)) {
    return {
      failure: "unauthenticated",
      advice:
        "The file that GOOGLE_APPLICATION_CREDENTIALS names cannot be read as credentials: check its path, its rights and its JSON.",
    };
  }
  if (/universe domain/.test(text)) {
    return {
      failure: "unauthenticated",
      advice: "The credentials belong to another universe: set GOOGLE_CLOUD_UNIVERSE_DOMAIN to theirs.",
    };
  }
  if (/invalid_grant|invalid_rapt|reauth/i.test(text)) {
    return {
      failure: "unauthenticated",
      advice:
        "The credentials have expired or were revoked: log in again (`gcloud auth application-default login`), or check that the service account and its key exist and the clock is right.",
    };
  }
  // Of OpenSSL, which does not quote the key.
  if (/\bDECODER routines\b|\bPEM routines\b|\bERR_OSSL_/.test(text)) {
    return {
      failure: "unauthenticated",
      advice:
        "The private key of the credentials cannot be read: is it whole, with its first and last line, and its line breaks still line breaks?",
    };
  }
  if (text.includes(noTokenInTime)) return tokenTookTooLong;
  if (network.test(text)) {
    return {
      failure: "unavailable",
      advice: "Where tokens are given out cannot be reached: check the network, the proxy and the metadata server.",
    };
  }
  return {
    failure: "unauthenticated",
    advice:
      "The credentials gave no token: check that the service account exists, is enabled, and may be used from here (workload identity).",
  };
}

const remedy =
  "on a laptop run `gcloud auth application-default login`; in Kubernetes use workload identity; elsewhere run under a service account, or let GOOGLE_APPLICATION_CREDENTIALS name a credentials file.";

const noCredentials = `There are no credentials: ${remedy}`;

const tokenTookTooLong: SourceFailure = {
  failure: "unavailable",
  advice:
    "Where tokens are given out did not answer in time: on Google Cloud that is the metadata server (in GKE the pod `gke-metadata-server` of the node), elsewhere see the network and the proxy.",
};

/** Neither credentials nor the news that there are none came in time: the metadata server does not answer. */
export const credentialsTookTooLong: SourceFailure = {
  failure: "unauthenticated",
  advice: `No credentials were found in time, and the metadata server, the last place to look, did not answer: ${remedy}`,
};
