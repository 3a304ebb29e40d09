import { invalidOptions, readOptions } from "@secretsource/core/source-kit";
import { booleanOr, textOr } from "../options/checks.ts";
import type { VaultEnvironment } from "./environment.ts";

/**
 * What is trusted, and what we prove ourselves with. Files are read at the first call, and again when
 * they have changed: a look at most every 5 s, as a call is made, and with the first call after a failed one. Files that cannot
 * be used, a key that is not the certificate's, leave the ones before in use; if it stays so, the process is warned.
 */
export interface VaultTlsOptions {
  /** Authorities that the server's certificate may come from, PEM. */
  readonly ca?: string | undefined;
  /** The same, as a file. Default: `VAULT_CACERT`; then the files in the folder `VAULT_CAPATH`; then Node's own list. */
  readonly caFile?: string | undefined;
  /** A client certificate, PEM; goes with `key`. */
  readonly cert?: string | undefined;
  /** The same, as a file. Default: `VAULT_CLIENT_CERT`. */
  readonly certFile?: string | undefined;
  readonly key?: string | undefined;
  /** Default: `VAULT_CLIENT_KEY`. */
  readonly keyFile?: string | undefined;
  /** The name that the server's certificate is for. Default: `VAULT_TLS_SERVER_NAME`, then the address's host. */
  readonly serverName?: string | undefined;
  /**
   * True: whoever answers at the address is believed and gets the token. For tests alone; it is warned of loudly.
   * Default: `VAULT_SKIP_VERIFY`, then false.
   */
  readonly skipVerify?: boolean | undefined;
}

/** A PEM, or the file or folder that it is in. */
export type PemPlace = { readonly pem: string } | { readonly file: string } | { readonly folder: string };

export interface TlsSettings {
  readonly ca: PemPlace | undefined;
  readonly cert: PemPlace | undefined;
  readonly key: PemPlace | undefined;
  readonly serverName: string | undefined;
  readonly skipVerify: boolean;
}

const known = ["ca", "caFile", "cert", "certFile", "key", "keyFile", "serverName", "skipVerify"] as const;

/** @throws SecretsError `invalid-options` */
export function tlsSettings(options: unknown, env: VaultEnvironment): TlsSettings {
  const given = readOptions(options, known, "The `tls` options");
  const place = (name: "ca" | "cert" | "key", variable: string): PemPlace | undefined => {
    const pem = textOr(given[name], `\`tls.${name}\``);
    const file = textOr(given[`${name}File`], `\`tls.${name}File\``);
    if (pem !== undefined && file !== undefined) return invalidOptions(`Give \`tls.${name}\` or \`tls.${name}File\`.`);
    if (pem !== undefined) return { pem };
    const path = file ?? env.text(variable);
    return path === undefined ? undefined : { file: path };
  };
  const folder = env.text("CAPATH");
  const cert = place("cert", "CLIENT_CERT");
  const key = place("key", "CLIENT_KEY");
  if ((cert === undefined) !== (key === undefined)) {
    return invalidOptions("A client certificate and its key go together: `tls.certFile` and `tls.keyFile`.");
  }
  return {
    ca: place("ca", "CACERT") ?? (folder === undefined ? undefined : { folder }),
    cert,
    key,
    serverName: textOr(given.serverName, "`tls.serverName`") ?? env.text("TLS_SERVER_NAME"),
    skipVerify: booleanOr(given.skipVerify, env.flag("SKIP_VERIFY"), "`tls.skipVerify`"),
  };
}
