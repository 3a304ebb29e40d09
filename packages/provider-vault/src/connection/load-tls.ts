import type { SourceFailure } from "@secretsource/core/source";
import type { TlsMaterial } from "../transport/endpoint.ts";
import { pemsAt } from "./pems-at.ts";
import type { TlsSettings } from "./tls-options.ts";

/** Reads the files that a TLS connection needs. */
export async function loadTls(settings: TlsSettings): Promise<TlsMaterial | SourceFailure> {
  const { serverName, skipVerify } = settings;
  const [ca, cert, key] = await Promise.all([
    pemsAt("ca", settings.ca),
    pemsAt("cert", settings.cert),
    pemsAt("key", settings.key),
  ]);
  if (ca.failure !== undefined) return ca;
  if (cert.failure !== undefined) return cert;
  if (key.failure !== undefined) return key;
  return {
    ...(ca.pems !== undefined && { ca: ca.pems }),
    ...(cert.pems !== undefined && { cert: cert.pems }),
    ...(key.pems !== undefined && { key: key.pems }),
    ...(serverName !== undefined && { servername: serverName }),
    rejectUnauthorized: !skipVerify,
  };
}
