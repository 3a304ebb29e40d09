/**
 * The service answers with a value before its activation and after its expiry, and so do we, aloud
 * (https://learn.microsoft.com/azure/key-vault/secrets/about-secrets, date-time controlled operations).
 *
 * @param validFrom Epoch ms, as `validUntil`.
 */
export function validityWarnings(validFrom: number | undefined, validUntil: number | undefined): readonly string[] {
  const now = Date.now();
  return [
    ...(validFrom !== undefined && validFrom > now
      ? [`The version is not meant to be used before ${new Date(validFrom).toISOString()}, its activation date.`]
      : []),
    ...(validUntil !== undefined && validUntil <= now
      ? [`The version has expired at ${new Date(validUntil).toISOString()}: set a new one.`]
      : []),
  ];
}
