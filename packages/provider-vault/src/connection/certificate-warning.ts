/** Said by the process itself, since it concerns whoever runs it, whatever reads the secrets. */
export function warnOfSkippedChecks(): void {
  process.emitWarning(
    "The certificate of the Vault server is NOT checked (VAULT_SKIP_VERIFY or `tls.skipVerify`): whoever answers at its address gets the token. Set `tls.caFile` (VAULT_CACERT) instead.",
    { type: "SecretsourceWarning", code: "SECRETSOURCE_VAULT_SKIP_VERIFY" },
  );
}
