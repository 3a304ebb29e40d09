import type { SecretsInstance } from "./secrets-instance.ts";

let loaded: typeof SecretsInstance | undefined;

/** The class, once it is here. */
export function loadedInstance(): typeof SecretsInstance | undefined {
  return loaded;
}

/** Brings it: once per process, before the first read. Three quarters of this library come with it. */
export async function loadInstance(): Promise<typeof SecretsInstance> {
  loaded ??= (await import("./secrets-instance.ts")).SecretsInstance;
  return loaded;
}

/** For those who have it already. */
export function useInstance(instance: typeof SecretsInstance): void {
  loaded = instance;
}
