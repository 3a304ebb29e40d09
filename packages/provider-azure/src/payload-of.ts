import type { SourceFailure } from "@secretsource/core/source";
import type { KeyVaultProperties } from "./key-vault-methods.ts";

// The service itself stores a certificate with its key so: PFX in base64
// (https://learn.microsoft.com/azure/key-vault/certificates/about-certificates).
const pfx = "application/x-pkcs12";
const marker = /;\s*base64\s*$/i;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A value as it was meant: bytes where its content type ends in `;base64`, and for a PFX; text otherwise. */
export function payloadOf(
  value: string,
  { contentType = "" }: KeyVaultProperties,
): string | Uint8Array | SourceFailure {
  if (!marker.test(contentType) && contentType.trim().toLowerCase() !== pfx) return value;
  const text = value.trimEnd();
  return base64.test(text) ? Uint8Array.from(Buffer.from(text, "base64")) : notBase64;
}

const notBase64: SourceFailure = {
  failure: "payload-corrupt",
  advice: "The content type says that the value is base64, and it is not: set it anew, or mend its content type.",
};
