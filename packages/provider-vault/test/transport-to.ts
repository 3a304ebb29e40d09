import { HttpTransport, type TransportSettings } from "../src/transport/http-transport.ts";

/** With bounds that a test comes to. */
export function transportTo(url: string, settings: Partial<TransportSettings> = {}) {
  return new HttpTransport({
    endpoint: { origin: new URL(url) },
    tls: {},
    redirectsTo: new Set(),
    redirects: 3,
    maxBytes: 1000,
    sockets: 8,
    idleMs: 30_000,
    ...settings,
  });
}
