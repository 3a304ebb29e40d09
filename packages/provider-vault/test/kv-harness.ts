import type { SourceHarness } from "@secretsource/conformance";
import { type FaultInjector, faultsOf, jsonAnswer, requestsOf, type WireRequest } from "@secretsource/conformance/wire";
import { token } from "../src/auth/index.ts";
import type { VaultKvOptions } from "../src/engines/kv-options.ts";
import { vaultKv } from "../src/index.ts";

/** A kv engine, and who looks after it. */
export interface KvStore {
  readonly address: string;
  /** What the source logs in with. */
  readonly token: string;
  /** On the way to it. */
  readonly wire: FaultInjector & { readonly requests: readonly WireRequest[] };
  /** Gives the version's number. */
  put(name: string, value: string): string | Promise<string>;
  valueOf(name: string, version: "previous"): string | Promise<string>;
  remove(name: string): void | Promise<void>;
  deny(name: string): void | Promise<void>;
  end(): Promise<void>;
}

const isOfAuth = ({ path }: WireRequest) => path.startsWith("/v1/auth/");
const asksForValue = ({ path }: WireRequest) => /^\/v1\/(?!sys\/)[^/]+\/(?!metadata\/)/.test(path);

const faults = faultsOf<KvStore>(({ wire }) => wire, { where: (request) => !isOfAuth(request) });

/** The suite's harness for version 2 of the engine, whatever stands behind it. The payload is the field `value`. */
export function kvHarness(
  name: string,
  open: () => Promise<KvStore>,
  options: VaultKvOptions = {},
): SourceHarness<KvStore> {
  return {
    name,
    promises: {
      stages: ["current", "previous"],
      versions: true,
      versionIds: true,
      labels: false,
      binary: false,
      mints: false,
      methods: ["probe", "close"],
    },
    open,
    make: (store) =>
      vaultKv({ address: store.address, env: {}, login: token({ token: store.token }), field: "value", ...options }),
    seed: {
      put: (store, secret, payload) => store.put(secret, String(payload)),
      async rollBack(store, secret) {
        await store.put(secret, await store.valueOf(secret, "previous"));
      },
      remove: (store, secret) => store.remove(secret),
      deny: (store, secret) => store.deny(secret),
    },
    lacks: [
      { what: ["stage", "promote"], because: "A version of a kv engine is current as soon as it is written." },
      { what: ["label"], because: "A kv engine has no labels." },
      { what: ["disable"], because: "A kv engine can delete a version, and has no way to disable one." },
      { what: ["denyBatch"], because: "The server has no batches." },
      { what: ["bytes"], because: "The fields of a secret are JSON." },
      { what: ["limit"], because: "How long a secret may be is up to the storage behind the server." },
    ],
    names: {
      longest: "n".repeat(2048),
      strange: [
        "production/myapp/db",
        "a b",
        "..a",
        "näme",
        "名前",
        "🔑",
        "constructor.name",
        "%2F",
        "a\\b",
        "?#&=+*",
        "data/x",
      ],
      alike: ["a/b", "a-b", "a_b", "A/B", "a%2Fb", "a b", "a+b", "caf\u00e9", "cafe\u0301"],
      illegal: ["a//b", "/a", "a/", ".", "..", "a/../b", "a/./b", "a\u200bb", "a\u00a0b", "\ue000"],
    },
    ...faults,
    faults: {
      ...faults.faults,
      async unauthenticated({ wire }) {
        await wire.heal();
        await wire.inject(jsonAnswer({ errors: ["permission denied"] }, { status: 403 }));
      },
    },
    requests: ({ wire }) => requestsOf(wire, { besides: isOfAuth, values: asksForValue }),
    credentials: ({ token: value }) => [value],
    end: (store) => store.end(),
  };
}
