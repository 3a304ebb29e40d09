import type { AzureCredential } from "./azure-credential.ts";
import { type AzureCloud, clouds } from "./clouds.ts";
import { azureDefaults } from "./defaults.ts";

const missing: ReadonlySet<unknown> = new Set(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);

/** `DefaultAzureCredential` of the optional package. */
export async function defaultCredential(cloud: AzureCloud | undefined): Promise<AzureCredential> {
  try {
    const { DefaultAzureCredential } = await import("./identity-sdk.ts");
    return new DefaultAzureCredential({
      // One retry loop is enough, and it is core's.
      retryOptions: { maxRetries: azureDefaults.sdkAttempts - 1 },
      // AZURE_AUTHORITY_HOST has its say in the public cloud, which is the package's own default.
      ...(cloud !== undefined && cloud !== "public" && { authorityHost: clouds[cloud].authority }),
    });
  } catch (error) {
    const { code } = (error ?? {}) as { readonly code?: unknown };
    if (missing.has(code)) throw Object.assign(new Error("A package is missing"), { name: "IdentityNotInstalled" });
    // It looks at some of its variables as soon as it is made.
    throw Object.assign(new Error("There is no credential"), { name: "DefaultCredentialRefused" });
  }
}
