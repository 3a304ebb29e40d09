/** Said by the process itself, since it concerns whoever runs it, whatever reads the secrets. */
export function warnOfSkippedChecks(): void {
  process.emitWarning(
    "The certificate of the Vault server is NOT checked (VAULT_SKIP_VERIFY or `tls.skipVerify`): whoever answers at its address gets the token. Set `tls.caFile` (VAULT_CACERT) instead.",
    { type: "SecretsourceWarning", code: "SECRETSOURCE_VAULT_SKIP_VERIFY" },
  );
}

/** Said by the process too: the ones before work for a while, and no secret is the worse for it yet. */
export function warnOfUnusableFiles(): void {
  process.emitWarning(
    "The files of the `tls` options (or of VAULT_CACERT, VAULT_CAPATH, VAULT_CLIENT_CERT, VAULT_CLIENT_KEY) have changed and cannot be used: one is missing or no PEM, or the key is not the certificate's. The ones before are used until that is put right, without a restart.",
    { type: "SecretsourceWarning", code: "SECRETSOURCE_VAULT_TLS_FILES" },
  );
}
