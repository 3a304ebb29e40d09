import type { WireCertificate } from "@secretsource/conformance/wire";
import forge from "node-forge";

/** Key and certificate as Key Vault has them in PEM (`application/x-pem-file`). */
export function pemOf({ key, cert }: WireCertificate): string {
  return `${key}${cert}`;
}

/** The same as PFX (`application/x-pkcs12`): without a password. The vault has these bytes in base64. */
export function pfxOf({ key, cert }: WireCertificate): Uint8Array {
  const pfx = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(key),
    [forge.pki.certificateFromPem(cert)],
    "",
    // What OpenSSL 3 still reads.
    { algorithm: "aes256" },
  );
  return Buffer.from(forge.asn1.toDer(pfx).getBytes(), "binary");
}
