import type { SourceFailure } from "@secretsource/core/source";
import { garbled, tooLarge } from "./foreign-answers.ts";
import type { GcpError } from "./gcp-error.ts";

/** Nobody answered, or somebody who is not the service. Codes of Node and OpenSSL stand in the SDK's text. */
export function unavailable({ isTheService, httpStatus, text }: GcpError): SourceFailure {
  if (!isTheService) return elsewhere(httpStatus ?? httpStatusIn(text));
  if (/certificate|CERT_|self.signed|altnames/i.test(text)) {
    return {
      failure: "unavailable",
      advice:
        "The certificate at the endpoint is not trusted: does a proxy open TLS? Its authority belongs into NODE_EXTRA_CA_CERTS, for gRPC into GRPC_DEFAULT_SSL_ROOTS_FILE_PATH.",
    };
  }
  // Of node-fetch.
  if (/\bover limit\b/.test(text)) return tooLarge;
  if (/ENOTFOUND|EAI_AGAIN|Name resolution failed/.test(text)) {
    return {
      failure: "unavailable",
      advice: "The service's host name is not known to the DNS: check the network and the location.",
    };
  }
  if (
    /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ECONNRESET|ETIMEDOUT|No connection established|Connection dropped|socket hang up/.test(
      text,
    )
  ) {
    return {
      failure: "unavailable",
      advice: "The connection to the service failed: check the network, the proxy and the endpoint.",
    };
  }
  return { failure: "unavailable", advice: outOfOrder };
}

const outOfOrder =
  "Secret Manager, or a proxy before it, is out of order, and there is mostly nothing to do here but wait: see https://status.cloud.google.com.";

function elsewhere(status: number | undefined): SourceFailure {
  if (status === 429)
    return { failure: "throttled", advice: "A proxy before Secret Manager is asked too often: see its log." };
  if (status !== undefined && status >= 200 && status < 300) return garbled;
  if (status !== undefined && status >= 300 && status < 400) {
    return {
      failure: "unavailable",
      advice: "Something answers with a redirect, which the service does not do: a proxy that wants a login?",
    };
  }
  return {
    failure: "unavailable",
    advice: "Something other than Secret Manager answered: check the endpoint, and proxies on the way.",
  };
}

function httpStatusIn(text: string): number | undefined {
  const status = /\bstatus(?: code)? (\d{3})\b/.exec(text)?.[1];
  return status === undefined ? undefined : Number(status);
}
