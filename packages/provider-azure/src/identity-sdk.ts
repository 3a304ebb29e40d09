// Imported on first use alone: an optional package, and a large one.
import { DefaultAzureCredential } from "@azure/identity";
import type { AzureCredential } from "./azure-credential.ts";
import { azureDefaults } from "./defaults.ts";

export function makeDefaultCredential(authorityHost: string | undefined): AzureCredential {
  // One retry loop is enough, and it is core's.
  return new DefaultAzureCredential({
    retryOptions: { maxRetries: azureDefaults.sdkAttempts - 1 },
    ...(authorityHost !== undefined && { authorityHost }),
  });
}
