/**
 * The schemas let unknown fields pass, as the API does, which drops them in silence. But a compiled schema looks at each
 * field that it knows, so those that it never looked at are those that it does not know.
 */
export interface WatchedReads {
  /** To be handed to the schema in the place of the value. */
  readonly value: unknown;
  /** The paths of the fields that nobody has looked at; what is below such a field is not listed. */
  unread(): string[][];
}

export function watchReads(value: unknown): WatchedReads {
  if (typeof value !== "object" || value === null) return { value, unread: () => [] };
  const children = new Map<string, WatchedReads>();
  const watched = new Proxy(value, {
    get(target, key) {
      const child: unknown = Reflect.get(target, key);
      if (typeof key !== "string" || !Object.hasOwn(target, key)) return child;
      const known = children.get(key) ?? watchReads(child);
      children.set(key, known);
      return known.value;
    },
  });
  return {
    value: watched,
    unread: () =>
      Object.keys(value).flatMap((key) => {
        const child = children.get(key);
        return child === undefined ? [[key]] : child.unread().map((path) => [key, ...path]);
      }),
  };
}
