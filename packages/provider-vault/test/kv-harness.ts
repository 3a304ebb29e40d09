import type { SourceHarness } from "@secretsource/conformance";
import type { WireRequest } from "@secretsource/conformance/wire";
import type { VaultKvOptions } from "../src/engines/kv-options.ts";
import { vaultKv } from "../src/index.ts";
import { onTheWire, type WiredStore } from "./on-the-wire.ts";
import type { Proof } from "./proof.ts";

/** A kv engine, and who looks after it. */
export interface PlainKvStore extends WiredStore {
  readonly address: string;
  readonly proof: Proof;
  put(name: string, value: string): unknown;
  remove(name: string): void | Promise<void>;
  deny(name: string): void | Promise<void>;
}

/** One of version 2. */
export interface KvStore extends PlainKvStore {
  /** Gives the version's number. */
  put(name: string, value: string): string | Promise<string>;
  valueOf(name: string, version: "previous"): string | Promise<string>;
}

const asksForValue = ({ path }: WireRequest) => /^\/v1\/(?!sys\/)[^/]+\/(?!metadata\/)/.test(path);

/** The suite's harness for version 2 of the engine, whatever stands behind it. The payload is the field `value`. */
export function kvHarness(
  name: string,
  open: () => Promise<KvStore>,
  options: VaultKvOptions = {},
): SourceHarness<KvStore> {
  const harness = kvHarnessOf<KvStore>(name, open, options);
  return {
    ...harness,
    promises: {
      stages: ["current", "previous"],
      versions: true,
      versionIds: true,
      labels: false,
      binary: false,
      mints: false,
      methods: ["probe", "close"],
    },
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
      ...harness.lacks,
    ],
  };
}

/** What both versions of the engine have in common. */
export function kvHarnessOf<Store extends PlainKvStore>(
  name: string,
  open: () => Promise<Store>,
  options: VaultKvOptions,
): Omit<SourceHarness<Store>, "promises" | "seed"> {
  return {
    name,
    open,
    make: ({ address, proof: { login } }) => vaultKv({ address, env: {}, login, field: "value", ...options }),
    lacks: [
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
    credentials: ({ proof }) => proof.credentials,
    ...onTheWire(asksForValue),
  };
}
