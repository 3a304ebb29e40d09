/** Whether the private key is the certificate's, PEM both. What is no key or no certificate goes with nothing. */
export function isKeyOf(certificate: string, privateKey: string): boolean {
  // On first use: who reads no certificates does not load it.
  const { createPrivateKey, X509Certificate } = process.getBuiltinModule("node:crypto");
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(privateKey));
  } catch {
    // The error's text may quote the key.
    return false;
  }
}
