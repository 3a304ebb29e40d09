import { createSecrets, type Secrets } from "@secretsource/core";
import { vaultPki } from "@secretsource/provider-vault";
import { appRole } from "@secretsource/provider-vault/auth";

export interface CertificateSettings {
  /** The role of the pki engine. */
  readonly pkiRole: string;
  readonly commonName: string;
  readonly ipSans?: readonly string[];
  /** Without one, the token of `VAULT_TOKEN`. */
  readonly roleId?: string | undefined;
  readonly secretIdFile?: string | undefined;
}

/** An instance with one secret, `certificate`: made for this process, and made anew before its end. */
export function certificatesFrom(settings: CertificateSettings): Secrets {
  const { pkiRole, commonName, ipSans, roleId, secretIdFile } = settings;
  return createSecrets({
    source: vaultPki({
      login: roleId === undefined ? undefined : appRole({ roleId, secretIdFile }),
      certificates: { certificate: { role: pkiRole, commonName, ipSans } },
    }),
  });
}
