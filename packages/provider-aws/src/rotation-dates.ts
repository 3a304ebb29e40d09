import type { SecretDescription } from "./secrets-manager-methods.ts";

/**
 * Milliseconds until the rotation that the service has announced: at the latest then
 * (https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html, NextRotationDate). Undefined
 * where none is, and where it is overdue: then nobody knows.
 */
export function changesInMs({ RotationEnabled, NextRotationDate }: SecretDescription): number | undefined {
  if (RotationEnabled !== true || NextRotationDate === undefined) return undefined;
  const inMs = NextRotationDate.getTime() - Date.now();
  return inMs > 0 ? inMs : undefined;
}

/** The dates as they stand in a record's metadata. */
export function rotationMetadata({ LastRotatedDate, NextRotationDate }: SecretDescription): Record<string, string> {
  return {
    ...(isDate(LastRotatedDate) && { lastRotated: LastRotatedDate.toISOString() }),
    ...(isDate(NextRotationDate) && { nextRotation: NextRotationDate.toISOString() }),
  };
}

/** The SDK makes an invalid date of a number out of range. */
function isDate(date: Date | undefined): date is Date {
  return date !== undefined && !Number.isNaN(date.getTime());
}
