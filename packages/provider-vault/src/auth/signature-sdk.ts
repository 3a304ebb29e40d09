/** Undefined where the optional package is missing. Within a `try`, a bundler goes on without it. */
export async function signatureV4() {
  try {
    const { SignatureV4 } = await import("@smithy/signature-v4");
    return SignatureV4;
  } catch {
    return undefined;
  }
}
