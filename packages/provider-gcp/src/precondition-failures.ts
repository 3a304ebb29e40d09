import type { SourceFailure } from "@secretsource/core/source";
import { destroyed, disabled } from "./version-states.ts";

/** FAILED_PRECONDITION: `Secret Version [NAME] is in DISABLED state.`, and keys of one's own that cannot be used. */
export function preconditionFailure(text: string): SourceFailure {
  if (/\bKMS\b|\bcryptoKey/i.test(text)) return keyUnusable;
  if (/\bDESTROYED\b/.test(text)) return destroyed;
  if (/\bDISABLED\b/.test(text)) return disabled;
  return {
    failure: "invalid-request",
    advice: "The secret is in a state in which it cannot be read: see `gcloud secrets versions describe`.",
  };
}

const keyUnusable: SourceFailure = {
  failure: "decryption-failed",
  advice:
    "The Cloud KMS key of the secret cannot be used: check that its version is enabled, and that the service agent of Secret Manager has roles/cloudkms.cryptoKeyEncrypterDecrypter on it.",
};
