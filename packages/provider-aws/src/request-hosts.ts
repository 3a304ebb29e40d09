const hosts = new WeakMap<object, string>();

/** Remembers which host was asked when this was thrown; the SDK's own errors rarely say. */
export function rememberHost(thrown: unknown, host: string): void {
  if (typeof thrown === "object" && thrown !== null) hosts.set(thrown, host);
}

export function hostOf(thrown: unknown): string | undefined {
  return typeof thrown === "object" && thrown !== null ? hosts.get(thrown) : undefined;
}
