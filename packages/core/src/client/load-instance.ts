import { SecretsError } from "../errors/secrets-error.ts";
import { notLoaded } from "../source-kit/not-loaded.ts";
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
  } catch (error) {
    const { failure, advice, native } = notLoaded("The package lru-cache, or a part of this library,", error);
    throw new SecretsError({ code: failure, advice, cause: native });
  }
}

/** For those who have it already. */
export function useInstance(instance: typeof SecretsInstance): void {
  loaded = instance;
}
