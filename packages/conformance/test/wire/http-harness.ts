import type { SourceHarness } from "../../src/index.ts";
import {
  type FaultInjector,
  faultsOf,
  makeAuthority,
  requestsOf,
  startFaultProxy,
  type WireRequest,
} from "../../src/wire/index.ts";
import { goodManners, type HttpManners, httpSource } from "./http-source.ts";
import { type HttpStore, openHttpStore, type StoreAccess } from "./http-store.ts";

/** The store, the way to it, and what faults on that way. */
export interface HttpLab {
  readonly store: HttpStore;
  readonly access: StoreAccess;
  readonly injector: FaultInjector & { readonly requests: readonly WireRequest[] };
  end(): Promise<void>;
}

/** Straight to the server; the server over HTTPS; by a proxy; by a proxy that takes HTTPS. */
export const ways = {
  "http server": () => plainLab(),
  "https server": () => plainLab(true),
  "http proxy": () => proxiedLab(),
  "https proxy": () => proxiedLab(true),
} as const;

export type Way = keyof typeof ways;

let authority: ReturnType<typeof makeAuthority> | undefined;
let certificate: Promise<{ tls: { key: string; cert: string }; ca: string }> | undefined;

function secrecy() {
  authority ??= makeAuthority();
  certificate ??= authority.then(async (made) => ({ tls: await made.issue(), ca: made.ca }));
  return certificate;
}

async function plainLab(isSecure = false): Promise<HttpLab> {
  const { tls, ca } = isSecure ? await secrecy() : {};
  const store = await openHttpStore({ tls });
  const { server, token } = store;
  const access = { url: server.url, token, ...(ca !== undefined && { ca }) };
  return { store, access, injector: server, end: () => server.close() };
}

async function proxiedLab(isSecure = false): Promise<HttpLab> {
  const { tls, ca } = isSecure ? await secrecy() : {};
  const store = await openHttpStore({ tls });
  const { server, token } = store;
  const proxy = await startFaultProxy({ to: server.url, tls, ca, hostName: "localhost" });
  const access = { url: proxy.url, token, ...(ca !== undefined && { ca }) };
  return { store, access, injector: proxy, end: () => proxy.close().then(() => server.close()) };
}

export function httpHarness(way: Way, manners: HttpManners = goodManners): SourceHarness<HttpLab> {
  return {
    name: `http store by ${way}`,
    promises: {
      stages: ["current"],
      versions: true,
      versionIds: true,
      labels: false,
      binary: false,
      mints: false,
      methods: [],
    },
    open: () => ways[way](),
    make: ({ access }) => httpSource(access, manners),
    seed: {
      put({ store: { values } }, name, payload) {
        const versions = [...(values.get(name) ?? []), String(payload)];
        values.set(name, versions);
        return String(versions.length);
      },
      remove: ({ store }, name) => void store.values.delete(name),
      deny: ({ store }, name) => void store.denied.add(name),
    },
    ...faultsOf(({ injector }) => injector),
    requests: ({ injector }) => requestsOf(injector),
    credentials: ({ store }) => [store.token],
    lacks: [
      { what: ["stage", "promote", "rollBack", "label", "disable"], because: "It has numbered versions and no more." },
      { what: ["bytes"], because: "It is a store of texts." },
      { what: ["limit"], because: "It takes any length." },
    ],
    names: {
      longest: "n".repeat(200),
      strange: ["a/b", "a b", "a%2Fb", "näme", "🔑", "a?b=c#d"],
      alike: ["a/b", "a-b", "a%2Fb", "A/B"],
      illegal: [".", "..", "n".repeat(201)],
    },
    end: (lab) => lab.end(),
    // A hundred reads over HTTPS take their time on a busy machine.
    patienceMs: 10_000,
  };
}
