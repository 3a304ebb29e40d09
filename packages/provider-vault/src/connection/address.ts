import { invalidOptions } from "@secretsource/core/source-kit";
import type { Endpoint } from "../transport/endpoint.ts";

const forms = "`https://vault.example.com:8200`, or `unix:///run/vault/agent.sock` for an agent's socket";

/** @throws SecretsError `invalid-options`; the address is not shown, it may hold a password. */
export function endpointOf(address: string, what: string): Endpoint {
  if (address.startsWith("unix://")) return socketEndpoint(address.slice("unix://".length), what);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return invalidOptions(`${what} must be an address such as ${forms}.`);
  }
  if (url.username !== "" || url.password !== "") return invalidOptions(`${what} must not hold a user or a password.`);
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    return invalidOptions(`${what} must end behind the host or the port: paths below it are added by the source.`);
  }
  return { origin: new URL(url.origin) };
}

function socketEndpoint(path: string, what: string): Endpoint {
  if (!path.startsWith("/")) return invalidOptions(`${what} must hold an absolute path: \`unix:///run/agent.sock\`.`);
  return { origin: new URL("http://localhost"), socketPath: path };
}

/** @throws SecretsError `invalid-options` */
export function originsOf(given: unknown): ReadonlySet<string> {
  if (given === undefined) return new Set();
  if (!Array.isArray(given)) return invalidOptions("`redirectsTo` must be a list of addresses.");
  return new Set(
    given.map((one: unknown) => {
      const what = "Each of `redirectsTo`";
      if (typeof one !== "string") return invalidOptions(`${what} must be an address such as ${forms}.`);
      const { origin, socketPath } = endpointOf(one, what);
      return socketPath === undefined ? origin.origin : invalidOptions(`${what} must not be a socket.`);
    }),
  );
}
