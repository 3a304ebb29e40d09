const together = "A certificate or a key is none, or the key is not the certificate's.";

/** Said by the process itself: the ones before work for a while, and no secret is the worse for it yet. */
export function warnOfUnusableFiles(why = together): void {
  process.emitWarning(
    `The files of the \`tls\` options (or of VAULT_CACERT, VAULT_CAPATH, VAULT_CLIENT_CERT, VAULT_CLIENT_KEY) have changed and cannot be used. ${why} The ones before are used until that is put right, without a restart.`,
    { type: "SecretsourceWarning", code: "SECRETSOURCE_VAULT_TLS_FILES" },
  );
}
