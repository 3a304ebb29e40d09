import { createSecureContext, type SecureContext } from "node:tls";

/**
 * A certificate of Key Vault with its key, as the secret of its name has it: PFX without a password, or the key and the
 * certificates in PEM, whichever the certificate's policy says.
 */
export function tlsContext(secret: Uint8Array): SecureContext {
  const content = Buffer.from(secret);
  const isPem = content.includes("-----BEGIN ");
  return createSecureContext(isPem ? { key: content, cert: content } : { pfx: content });
}
