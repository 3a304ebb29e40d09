/**
 * Where a redirect may lead; undefined where it may not. A standby of a cluster sends its callers to the active node by
 * 307, and the request that follows bears the token: so only the host that was asked, and those that the user has
 * named, are followed.
 */
export function allowedRedirect(
  location: string | undefined,
  from: URL,
  allowedOrigins: ReadonlySet<string>,
): URL | undefined {
  if (location === undefined || !URL.canParse(location, from.href)) return undefined;
  const target = new URL(location, from);
  const isHttp = target.protocol === "https:" || target.protocol === "http:";
  if (!isHttp || target.username !== "" || target.password !== "") return undefined;
  return target.origin === from.origin || allowedOrigins.has(target.origin) ? target : undefined;
}

const hostLike = /^[\w.:[\]-]{1,100}$/;

/** The host that a redirect names, for an advice; nothing else of it is shown. */
export function shownHost(location: string | undefined): string | undefined {
  if (location === undefined || !URL.canParse(location)) return undefined;
  const { host } = new URL(location);
  return hostLike.test(host) ? host : undefined;
}
