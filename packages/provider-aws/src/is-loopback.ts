const loopbackV4 = /^127(?:\.\d{1,3}){3}$/;

/** A host of a parsed URL that is this machine. The parser has already brought `127.1`, `0x7f000001` and the like into one form. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || loopbackV4.test(host);
}
