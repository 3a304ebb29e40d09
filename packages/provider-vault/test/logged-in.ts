import type { SourceHarness } from "@secretsource/conformance";
import type { KvStore } from "./kv-harness.ts";

const context = { signal: new AbortController().signal, bypassCaches: true };

/** The same with the login behind it: the time that a case gives a read is not for a chain of several servers. */
export function loggedIn(harness: SourceHarness<KvStore>): SourceHarness<KvStore> {
  return {
    ...harness,
    // For a hundred reads at once, over as many connections.
    patienceMs: 10_000,
    async make(store) {
      const source = await harness.make(store);
      const { failure } = await source.read({ name: "never-written", version: "current" }, context);
      if (failure !== "not-found") throw new Error(`${harness.name}: ${failure}`);
      return source;
    },
  };
}
