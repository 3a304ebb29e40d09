import type { SourceFailure } from "@secretsource/core/source";
import { type Endpoint, shownServer } from "./endpoint.ts";

/** @param server Whom we asked, as it may be shown. */
type Advice = (server: string) => string;

const untrusted: Advice = (server) =>
  `The certificate of ${server} is of no authority that is trusted: \`tls.caFile\` (VAULT_CACERT) has to hold the one that issued it.`;
const certificateWanted: Advice = (server) =>
  `${server} takes no connection without a client certificate that it trusts: set \`tls.certFile\` and \`tls.keyFile\` (VAULT_CLIENT_CERT, VAULT_CLIENT_KEY).`;
const certificateEnded: Advice = (server) =>
  `The client certificate has expired, says ${server}: whoever renews the files of \`tls.certFile\` and \`tls.keyFile\` (VAULT_CLIENT_CERT, VAULT_CLIENT_KEY) has not. New ones are used without a restart.`;
const unusable =
  "A certificate or a key of the `tls` options (or of VAULT_CACERT, VAULT_CAPATH, VAULT_CLIENT_CERT, VAULT_CLIENT_KEY) is none in PEM form, the key has a passphrase, or the two do not go together.";
const unreachable: Advice = (server) =>
  `${server} cannot be reached: check the address, the network and whether the server runs.`;
const endedEarly: Advice = (server) =>
  `The connection to ${server} was ended without an answer: the server, or what stands before it, was restarted or is overloaded, or it speaks HTTPS and the address begins with \`http:\`.`;
const speaksPlain: Advice = (server) => `${server} speaks plain HTTP: the address begins with \`https:\`.`;
const noHttp: Advice = (server) => `What answers at ${server} does not speak HTTP: check the address and its port.`;

const advices: ReadonlyMap<string, Advice> = new Map<string, Advice>([
  [
    "ECONNREFUSED",
    (server) => `Nothing listens at ${server}: check the address and its port, and whether the server runs.`,
  ],
  ["ENOTFOUND", (server) => `The host of ${server} is not known: check the address and the name service.`],
  ["EAI_AGAIN", (server) => `The name service does not answer for the host of ${server}.`],
  ["ECONNRESET", endedEarly],
  ["EPIPE", endedEarly],
  ["ENOENT", (server) => `There is no ${server}: check its path, and whether the agent runs.`],
  ["EACCES", (server) => `${server} may not be opened: check its owner and mode.`],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", untrusted],
  ["SELF_SIGNED_CERT_IN_CHAIN", untrusted],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", untrusted],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", untrusted],
  ["UNABLE_TO_GET_ISSUER_CERT", untrusted],
  ["CERT_HAS_EXPIRED", (server) => `The certificate of ${server} has expired: renew it.`],
  ["CERT_NOT_YET_VALID", (server) => `The certificate of ${server} is not valid yet: check the clocks.`],
  [
    "ERR_TLS_CERT_ALTNAME_INVALID",
    (server) =>
      `The certificate of ${server} is for other names: address it by one of them, or set \`tls.serverName\` (VAULT_TLS_SERVER_NAME).`,
  ],
  ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", certificateWanted],
  ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", certificateWanted],
  ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", certificateWanted],
  ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", certificateWanted],
  ["ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", certificateEnded],
  [
    "EPROTO",
    (server) => `${server} and we do not agree on TLS: is the address \`https:\` where the server speaks plain HTTP?`,
  ],
  ["ERR_SSL_WRONG_VERSION_NUMBER", speaksPlain],
  ["ERR_SSL_PACKET_LENGTH_TOO_LONG", speaksPlain],
]);

/** What an error of a connection stands for. Nothing of the error but its code is kept: its text may quote a header. */
export function networkFailure(error: unknown, endpoint: Endpoint): SourceFailure {
  const code = codeOf(error);
  if (code?.startsWith("ERR_OSSL_")) return { failure: "unavailable", advice: unusable, native: { code } };
  // The OpenSSL of newer versions of Node has another name for the same alerts.
  const known = code?.replace("_SSL/TLS_ALERT_", "_SSLV3_ALERT_");
  const advice = code?.startsWith("HPE_") ? noHttp : (advices.get(known ?? "") ?? unreachable);
  return {
    failure: "unavailable",
    advice: advice(shownServer(endpoint)),
    ...(code !== undefined && { native: { code } }),
  };
}

function codeOf(error: unknown): string | undefined {
  const code: unknown = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
