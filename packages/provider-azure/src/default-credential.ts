import type { AzureCredential } from "./azure-credential.ts";
import { type AzureCloud, clouds } from "./clouds.ts";
import { azureDefaults } from "./defaults.ts";

/** `DefaultAzureCredential` of the optional package. */
export async function defaultCredential(cloud: AzureCloud | undefined): Promise<AzureCredential> {
  const { defaultAzureCredential } = await import("./identity-sdk.ts");
  const DefaultAzureCredential = await defaultAzureCredential();
  try {
    return new DefaultAzureCredential({
      // One retry loop is enough, and it is core's.
      retryOptions: { maxRetries: azureDefaults.sdkAttempts - 1 },
      // AZURE_AUTHORITY_HOST has its say in the public cloud, which is the package's own default.
      ...(cloud !== undefined && cloud !== "public" && { authorityHost: clouds[cloud].authority }),
    });
  } catch {
    // It looks at some of its variables as soon as it is made.
    throw Object.assign(new Error("There is no credential"), { name: "DefaultCredentialRefused" });
  }
}
