/** What an error of the SDK mostly does not say of itself. */
export interface Circumstances {
  /** Which was asked. */
  readonly host?: string | undefined;
  /** Of the client that asked. */
  readonly region?: string | undefined;
  /** Which the credentials were to come from. */
  readonly profile?: string | undefined;
}

const known = new WeakMap<object, Circumstances>();

export function rememberCircumstances(thrown: unknown, more: Circumstances): void {
  if (typeof thrown === "object" && thrown !== null) known.set(thrown, { ...known.get(thrown), ...more });
}

export function circumstancesOf(thrown: unknown): Circumstances {
  return (typeof thrown === "object" && thrown !== null && known.get(thrown)) || {};
}
