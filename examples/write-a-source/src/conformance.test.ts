import { describeSource, type SourceHarness } from "@secretsource/conformance";
import { type FaultyServer, faultsOf, requestsOf, startFaultProxy } from "@secretsource/conformance/wire";
import { describe, test } from "vitest";
import { kvSource } from "./kv-source.ts";
import { type Store, startStore } from "./store.ts";

interface Lab {
  readonly store: Store;
  readonly proxy: FaultyServer;
  readonly versions: Map<string, number>;
  readonly denied: Set<string>;
}

const token = "kv-token-of-the-suite";

async function open(): Promise<Lab> {
  const denied = new Set<string>();
  const store = await startStore({ [token]: (key) => !denied.has(key) });
  return { store, proxy: await startFaultProxy({ to: store.url }), versions: new Map(), denied };
}

const harness: SourceHarness<Lab> = {
  name: "kvSource",
  promises: {
    stages: ["current"],
    versions: true,
    versionIds: true,
    labels: false,
    binary: true,
    mints: false,
    methods: ["batch"],
  },
  open,
  make: ({ proxy }) => kvSource({ url: proxy.url, token }),
  seed: {
    put({ store, versions }, name, payload) {
      store.put(name, payload);
      const version = (versions.get(name) ?? 0) + 1;
      versions.set(name, version);
      return String(version);
    },
    deny: ({ denied }, name) => void denied.add(name),
  },
  ...faultsOf(({ proxy }) => proxy),
  requests: ({ proxy }) => requestsOf(proxy),
  credentials: () => [token],
  lacks: [
    { what: ["stage", "promote", "rollBack", "label", "disable", "remove"], because: "It has versions and no more." },
    { what: ["denyBatch"], because: "A batch needs no permission of its own." },
    { what: ["limit"], because: "It takes any length." },
  ],
  names: {
    longest: "n".repeat(2048),
    strange: ["a/b", "a b", "a%2Fb", "...", "näme", "🔑", "a?b=c#d"],
    alike: ["a/b", "a-b", "a%2Fb", "A/B"],
    illegal: [".", ".."],
  },
  async end({ store, proxy }) {
    await proxy.close();
    await store.stop();
  },
  patienceMs: 10_000,
};

describeSource(harness, { describe, test });
