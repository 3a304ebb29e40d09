import { createSecureContext, type SecureContextOptions } from "node:tls";
import { z } from "zod";

/** What the pki engine gives in one answer, so that key and chain are never of two certificates. */
export const Certificate = z.object({
  certificate: z.string(),
  private_key: z.string(),
  issuing_ca: z.string(),
  ca_chain: z.array(z.string()).default([]),
});

export type Certificate = z.infer<typeof Certificate>;

/** Ours, with the authorities between it and the root; and the authority by which we know the other side. */
export function tlsOf({ certificate, private_key, issuing_ca, ca_chain }: Certificate): SecureContextOptions {
  return { key: private_key, cert: [certificate, ...ca_chain].join("\n"), ca: [issuing_ca, ...ca_chain] };
}

/** @throws Where TLS cannot use it: key and certificate do not belong together, say. */
export function proveCertificate(certificate: Certificate): void {
  createSecureContext(tlsOf(certificate));
}
