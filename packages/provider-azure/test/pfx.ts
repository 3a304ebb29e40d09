import type { WireCertificate } from "@secretsource/conformance/wire";
import forge from "node-forge";

/** Key and certificate as Key Vault keeps them in a PFX: without a password, in base64. */
export function pfxOf({ key, cert }: WireCertificate): string {
  const pfx = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(key),
    [forge.pki.certificateFromPem(cert)],
    "",
    // What OpenSSL 3 still reads.
    { algorithm: "aes256" },
  );
  return forge.util.encode64(forge.asn1.toDer(pfx).getBytes());
}
