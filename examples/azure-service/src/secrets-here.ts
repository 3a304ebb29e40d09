import { createSecrets, type Secrets } from "@secretsource/core";
import { azureKeyVault } from "@secretsource/provider-azure";

/**
 * The secrets of wherever the program runs: `SECRETSOURCE` is `azure-key-vault:myapp-prod` in Azure, where the managed or
 * workload identity logs in by itself, and `env:` on a laptop.
 */
export function secretsHere(): Secrets {
  return createSecrets({ from: process.env.SECRETSOURCE, schemes: [azureKeyVault] });
}
