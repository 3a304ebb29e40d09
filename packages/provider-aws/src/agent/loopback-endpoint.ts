import { invalidOptions } from "@secretsource/core/source-kit";
import { isLoopback } from "../is-loopback.ts";

/** A port of this machine, and nothing but this machine. */
export interface LoopbackEndpoint {
  /** `127.0.0.1`, `::1`, or `localhost`. */
  readonly host: string;
  readonly port: number;
}

/**
 * The endpoint that a URL names.
 *
 * @throws SecretsError `invalid-options`; the URL is not quoted, since it may hold a password.
 */
export function loopbackEndpoint(url: unknown, defaultPort: number, factory: string): LoopbackEndpoint {
  if (url === undefined) return { host: "localhost", port: defaultPort };
  const parsed = typeof url === "string" && URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== "http:") {
    return invalidOptions(`\`url\` of ${factory} must be a URL of plain HTTP, such as "http://localhost:2773".`);
  }
  const { hostname, port, pathname, username, password, search, hash } = parsed;
  if (pathname !== "/" || `${username}${password}${search}${hash}` !== "") {
    return invalidOptions(`\`url\` of ${factory} must be a host and a port and no more.`);
  }
  const host = hostname === "[::1]" ? "::1" : hostname;
  if (!isLoopback(host)) {
    return invalidOptions(`\`url\` of ${factory} must be localhost, 127.0.0.1 or [::1]: the token goes nowhere else.`);
  }
  return { host, port: port === "" ? 80 : checkedPort(port, `The port of \`url\` of ${factory}`) };
}

/** @throws SecretsError `invalid-options` */
export function checkedPort(text: string, what: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : invalidOptions(`${what} must be a port, from 1 to 65535.`);
}
