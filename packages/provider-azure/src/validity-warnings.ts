import type { KeyVaultProperties } from "./key-vault-methods.ts";

/**
 * The service answers with a value before its activation and after its expiry, and so do we, aloud
 * (https://learn.microsoft.com/azure/key-vault/secrets/about-secrets, date-time controlled operations).
 */
export function validityWarnings({ notBefore, expiresOn }: KeyVaultProperties): readonly string[] {
  const now = Date.now();
  return [
    ...(notBefore !== undefined && notBefore.getTime() > now
      ? [`The version is not meant to be used before ${notBefore.toISOString()}, its activation date.`]
      : []),
    ...(expiresOn !== undefined && expiresOn.getTime() <= now
      ? [`The version has expired at ${expiresOn.toISOString()}: set a new one.`]
      : []),
  ];
}
