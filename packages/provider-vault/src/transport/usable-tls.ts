import type { TlsMaterial } from "./endpoint.ts";

/** Whether connections can be made with it: every PEM is whole, and the key is the certificate's. */
export function isUsableTls({ ca, cert, key }: TlsMaterial): boolean {
  if (ca !== undefined && !holdsCertificates([ca].flat().map(String).join("\n"))) return false;
  const { createSecureContext } = process.getBuiltinModule("node:tls");
  try {
    createSecureContext({ ca, cert, key });
    return true;
  } catch {
    return false;
  }
}

/**
 * Certificates, and each of them whole: Node takes a list that ends early, or is empty, without an error, and then trusts
 * nobody in it.
 */
export function holdsCertificates(pems: string): boolean {
  const count = (pattern: RegExp) => pems.match(pattern)?.length ?? 0;
  const begun = count(/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/g);
  return begun > 0 && begun === count(/-----END [A-Z0-9 ]*CERTIFICATE-----/g);
}

/** A key that is whole; whether with a passphrase, or the certificate's, shows when it is used. */
export function holdsKey(pem: string): boolean {
  return /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----[\s\S]*-----END \1-----/.test(pem);
}
