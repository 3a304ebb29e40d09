import type { SecretSource } from "../source/secret-source.ts";
import type { SourceTraits } from "../source/source-traits.ts";
import { mintTerms } from "./minted.ts";
import { administrationOf } from "./mock-administration.ts";
import { CallLog } from "./mock-call.ts";
import type { MockControls } from "./mock-controls.ts";
import { MockFaults } from "./mock-faults.ts";
import { MockLeases } from "./mock-leases.ts";
import { batchOf, leasesOf, probeOf, readOf, watchOf } from "./mock-methods.ts";
import { type MockOptions, type MockSeed, readMockOptions, readSeed } from "./mock-options.ts";
import { MockStore } from "./mock-store.ts";
import { assertAllUsed, assertNoCalls } from "./mock-tables.ts";
import { troublesOf } from "./mock-troubles.ts";
import { MockWatchers } from "./mock-watchers.ts";

/** A source for tests. */
export type MockSource = SecretSource & MockControls;

const versioned: SourceTraits = Object.freeze({
  stages: Object.freeze(["current", "previous", "pending"] as const),
  versionIds: true,
  labels: true,
  binary: true,
  mints: false,
});

const minting: SourceTraits = Object.freeze({
  stages: Object.freeze(["current"] as const),
  versionIds: false,
  labels: false,
  binary: true,
  mints: true,
});

/**
 * A source for tests: a store in memory that does what it is told. It denies by default: a name that is neither in the
 * seed nor declared `absent()` fails with `invalid-request` and lists those that are.
 *
 * ```ts
 * const source = mockSource({ "production/myapp/db": { username: "app", password: "one" } }, { clock });
 * source.rotate("production/myapp/db", { username: "app", password: "two" });
 * source.fail("production/myapp/db", "throttled", { times: 2, retryAfter: "1s" });
 * source.calls; // [{ method: "read", name: "production/myapp/db", version: "current", request: 1, at: ... }]
 * source.assertAllUsed();
 * ```
 *
 * @param seed Values by the secrets' names: text, bytes, plain objects and lists; or all of them made by `minted()`,
 *   and the source mints.
 * @throws SecretsError `invalid-options`
 */
export function mockSource(seed: MockSeed = {}, options?: MockOptions): MockSource {
  const { clock, batch, probe, watch } = readMockOptions(options);
  const values = readSeed(seed);
  const mints = values.some(([, value]) => mintTerms(value) !== undefined);
  const leases = new MockLeases(clock);
  const log = new CallLog(clock);
  const faults = new MockFaults();
  const store = new MockStore(clock, mints, leases);
  const parts = { clock, leases, log, faults, store };
  const watchers = new MockWatchers();
  let closed = false;
  for (const [name, value] of values) store.define(name, value);
  return {
    specVersion: 1,
    kind: "mock",
    traits: mints ? minting : versioned,
    read: readOf(parts),
    ...(!mints && batch !== false && { batch: batchOf(parts, batch) }),
    ...(!mints && probe && { probe: probeOf(parts) }),
    ...(mints && { leases: leasesOf(parts) }),
    ...(!mints && watch && { watch: watchOf(parts, watchers) }),
    classify: () => undefined,
    async close() {
      closed = true;
    },
    ...administrationOf(parts),
    ...troublesOf(parts),
    announce(name) {
      store.known(name);
      return watchers.announce(name);
    },
    get calls() {
      return log.calls;
    },
    forgetCalls: () => log.forget(),
    assertNoCalls: () => assertNoCalls(log.calls),
    assertAllUsed: () => assertAllUsed(store, faults, log),
    get closed() {
      return closed;
    },
  };
}
