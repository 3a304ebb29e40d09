import type { SourceFailure } from "@secretsource/core/source";
import type { AwsError } from "./aws-error.ts";
import { deniedAction } from "./denial-advice.ts";

/**
 * Both services say in words alone that it was KMS that refused: "Access to KMS is not allowed"
 * (https://repost.aws/knowledge-center/secrets-manager-cross-account-key), or with KMS's own error behind it,
 * "(Service: AWSKMS; Status Code: 400; Error Code: DisabledException; ...)".
 */
export function isAboutKms(text: string): boolean {
  return /\bKMS\b|\bAWSKMS\b|\bkms:[A-Z]|\bcustomer master key\b/.test(text);
}

/** The secret may be read, and its key may not be used. */
export function decryptionFailure({ name, text }: AwsError): SourceFailure {
  return { failure: "decryption-failed", advice: adviceFor(name, text) };
}

function adviceFor(name: string, text: string): string {
  if (/Disabled/.test(name) || /DisabledException|is disabled/.test(text)) {
    return "The KMS key of the secret is disabled: enable it by `aws kms enable-key`.";
  }
  if (/InvalidState/.test(name) || /InvalidStateException|pending (?:deletion|import)/.test(text)) {
    return "The KMS key of the secret cannot be used in its state: see `aws kms describe-key`, and cancel its deletion.";
  }
  if (/KMSNotFound/.test(name) || /NotFoundException|does not exist/.test(text)) {
    return "The KMS key of the secret does not exist, or is in another region or account: encrypt the secret with another one.";
  }
  if (/different AWS account/.test(text)) {
    return "The secret of another account is encrypted with its default key, which cannot be shared: encrypt it with a key of its own.";
  }
  if (/AccessDenied/.test(name) || /AccessDenied|not authorized|not allowed/.test(text)) {
    return `Grant \`${deniedAction(text) ?? "kms:Decrypt"}\` on the secret's KMS key to the identity that the program runs as, in the key's policy too.`;
  }
  return "The KMS key of the secret could not be used: check the key's state and its policy.";
}
