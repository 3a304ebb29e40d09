import type { Duration } from "@secretsource/core/source-kit";
import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import { pathProblem } from "../connection/segments.ts";
import type { WithConnection } from "../connection/with-connection.ts";
import { textOr } from "../options/checks.ts";
import { durationMs } from "../options/duration-ms.ts";

/** What a certificate is asked for with. */
export interface PkiCertificate {
  /** The role of the engine. */
  readonly role: string;
  readonly commonName?: string | undefined;
  /** Further host names and e-mail addresses. */
  readonly altNames?: readonly string[] | undefined;
  readonly ipSans?: readonly string[] | undefined;
  readonly uriSans?: readonly string[] | undefined;
  /** Default, and at most: what the role says. */
  readonly ttl?: Duration | undefined;
  /** A certificate request, PEM: it is signed, and the private key stays with whoever made it. */
  readonly csr?: string | undefined;
}

export interface VaultPkiOptions extends WithConnection {
  /** Where the engine is mounted. Default: `pki`. */
  readonly mount?: string | undefined;
  /**
   * The certificates by the names of their secrets, or a function that gives one for a name; without one, the secret is
   * `not-found`.
   */
  readonly certificates: Readonly<Record<string, PkiCertificate>> | ((name: string) => PkiCertificate | undefined);
}

export interface PkiRequest {
  readonly role: string;
  readonly csr: string | undefined;
  readonly body: Readonly<Record<string, string>>;
}

const known = ["role", "commonName", "altNames", "ipSans", "uriSans", "ttl", "csr"] as const;

/** @throws SecretsError `invalid-options` */
function pkiRequest(certificate: unknown): PkiRequest {
  const given = readOptions(certificate, known, "A certificate of vaultPki");
  const role =
    textOr(given.role, "`role` of a certificate") ?? invalidOptions("A certificate of vaultPki needs `role`.");
  if (role.includes("/") || pathProblem(role) !== undefined) {
    return invalidOptions("`role` of a certificate must be the name of a role, without slashes.");
  }
  const csr = textOr(given.csr, "`csr` of a certificate");
  const ttlMs = durationMs(given.ttl, "ttl");
  const body = {
    common_name: textOr(given.commonName, "`commonName` of a certificate"),
    alt_names: listOf(given.altNames, "altNames"),
    ip_sans: listOf(given.ipSans, "ipSans"),
    uri_sans: listOf(given.uriSans, "uriSans"),
    ttl: ttlMs === undefined ? undefined : `${Math.ceil(ttlMs / 1000)}s`,
    csr,
  };
  const there = Object.entries(body).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { role, csr, body: Object.fromEntries(there) };
}

/** The engine takes lists as one text. */
function listOf(given: unknown, name: string): string | undefined {
  if (given === undefined) return undefined;
  if (Array.isArray(given) && given.every((one) => typeof one === "string" && one !== "" && !one.includes(","))) {
    return given.join(",");
  }
  return invalidOptions(`\`${name}\` of a certificate must be a list of texts without commas.`);
}

/** @throws SecretsError `invalid-options` */
export function certificatesFrom(given: unknown): (name: string) => PkiRequest | undefined {
  if (typeof given === "function") {
    return (name) => {
      const certificate: unknown = given(name);
      return certificate === undefined ? undefined : pkiRequest(certificate);
    };
  }
  if (typeof given !== "object" || given === null) {
    return invalidOptions("`certificates` of vaultPki must map names to certificates, or be a function.");
  }
  const requests = new Map(Object.entries(given).map(([name, one]) => [name, pkiRequest(one)]));
  return (name) => requests.get(name);
}
