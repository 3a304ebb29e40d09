/** What of an error of the SDK says that the next request may be accepted. */
interface Refusal {
  readonly name?: unknown;
  readonly $metadata?: { readonly clockSkewCorrected?: unknown };
}

const signatureNames: ReadonlySet<unknown> = new Set([
  "InvalidSignatureException",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
]);
const expiryNames: ReadonlySet<unknown> = new Set(["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"]);

/**
 * Sends once more what was refused for a reason that has gone: the SDK has read the service's time off the answer, or
 * there are other credentials now. Its own retries, which would do it, are off; and what the service refuses for good is
 * not sent again.
 *
 * @param renewCredentials Asks for them anew; true where they are others than before.
 */
export async function withSecondChance<Answer>(
  send: () => Promise<Answer>,
  renewCredentials: () => Promise<boolean>,
): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    const { name, $metadata } = (error ?? {}) as Refusal;
    const hasRightTime = signatureNames.has(name) && $metadata?.clockSkewCorrected === true;
    if (hasRightTime || (expiryNames.has(name) && (await renewCredentials().catch(() => false)))) return send();
    throw error;
  }
}
