import type { AzureCredential } from "./azure-credential.ts";
import { type AzureCloud, clouds } from "./clouds.ts";

const missing: ReadonlySet<unknown> = new Set(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);

/** `DefaultAzureCredential` of the optional package. */
export async function defaultCredential(cloud: AzureCloud | undefined): Promise<AzureCredential> {
  try {
    const { makeDefaultCredential } = await import("./identity-sdk.ts");
    // AZURE_AUTHORITY_HOST has its say in the public cloud, which is the package's own default.
    return makeDefaultCredential(cloud === undefined || cloud === "public" ? undefined : clouds[cloud].authority);
  } catch (error) {
    const { code } = (error ?? {}) as { readonly code?: unknown };
    if (missing.has(code)) throw Object.assign(new Error("A package is missing"), { name: "IdentityNotInstalled" });
    throw error;
  }
}
