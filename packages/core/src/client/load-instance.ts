import { SecretsError } from "../errors/secrets-error.ts";
import type { SecretsInstance } from "./secrets-instance.ts";

let loaded: typeof SecretsInstance | undefined;

/** The class, once it is here. */
export function loadedInstance(): typeof SecretsInstance | undefined {
  return loaded;
}

/**
 * Brings it: once per process, before the first read. Three quarters of this library come with it, and `lru-cache`.
 *
 * @throws SecretsError `unknown` where a part is missing
 */
export async function loadInstance(): Promise<typeof SecretsInstance> {
  try {
    loaded ??= (await import("./secrets-instance.ts")).SecretsInstance;
    return loaded;
  } catch {
    const advice = "The package lru-cache, or a part of this library, cannot be loaded: install the dependencies anew.";
    throw new SecretsError({ code: "unknown", advice });
  }
}

/** For those who have it already. */
export function useInstance(instance: typeof SecretsInstance): void {
  loaded = instance;
}
