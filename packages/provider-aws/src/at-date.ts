/** A record's time of creation. The SDK makes an invalid date of a number out of range. */
export function atDate(date: Date | undefined): { readonly createdAt?: number } {
  const createdAt = date?.getTime();
  return createdAt === undefined || Number.isNaN(createdAt) ? {} : { createdAt };
}
