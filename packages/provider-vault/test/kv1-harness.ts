import type { SourceHarness } from "@secretsource/conformance";
import type { VaultKvOptions } from "../src/engines/kv-options.ts";
import { kvHarnessOf, type PlainKvStore } from "./kv-harness.ts";

/** The suite's harness for version 1 of the engine, mounted at `kv1`. */
export function kv1Harness(
  name: string,
  open: () => Promise<PlainKvStore>,
  options: VaultKvOptions = {},
): SourceHarness<PlainKvStore> {
  const harness = kvHarnessOf<PlainKvStore>(name, open, { ...options, mount: "kv1", version: 1 });
  return {
    ...harness,
    promises: {
      stages: ["current"],
      versions: false,
      versionIds: false,
      labels: false,
      binary: false,
      mints: false,
      methods: ["close"],
    },
    seed: {
      async put(store, secret, payload) {
        await store.put(secret, String(payload));
        return undefined;
      },
      remove: (store, secret) => store.remove(secret),
      deny: (store, secret) => store.deny(secret),
    },
    lacks: [
      ...harness.lacks,
      { what: ["stage", "promote", "rollBack"], because: "An engine of version 1 has no versions." },
    ],
  };
}
