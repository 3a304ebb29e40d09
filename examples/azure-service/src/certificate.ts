import type { SecureContextOptions } from "node:tls";

/**
 * A certificate of Key Vault with its key, as the secret of its name has it: PFX without a password, or the key and the
 * certificates in PEM, whichever the certificate's policy says. A variable takes no bytes: there a PFX is in base64.
 */
export function certificateOf(secret: Uint8Array): SecureContextOptions {
  const content = Buffer.from(secret);
  if (content.includes("-----BEGIN ")) return { key: content, cert: content };
  return { pfx: content[0] === beginOfPfx ? content : Buffer.from(content.toString("latin1"), "base64") };
}

/** The tag of a sequence in ASN.1. */
const beginOfPfx = 0x30;
