const missing: ReadonlySet<unknown> = new Set(["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"]);

/**
 * Of an optional package, and a large one. Within a `try`, a bundler goes on without it.
 *
 * @throws by the name of IdentityNotInstalled or IdentityNotLoaded
 */
export async function defaultAzureCredential() {
  try {
    const { DefaultAzureCredential } = await import("@azure/identity");
    return DefaultAzureCredential;
  } catch (error) {
    const { code } = (error ?? {}) as { readonly code?: unknown };
    const name = missing.has(code) ? "IdentityNotInstalled" : "IdentityNotLoaded";
    throw Object.assign(new Error("A package is missing, or broken"), { name });
  }
}
