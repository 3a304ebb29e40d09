import type { SourceHarness } from "@secretsource/conformance";
import type { SecretSource } from "@secretsource/core/source";
import { onTheWire, type WiredStore } from "./on-the-wire.ts";

/** An engine that mints, and who looks after it. */
export interface MintingStore extends WiredStore {
  readonly address: string;
  readonly token: string;
  grant(name: string): void | Promise<void>;
  remove(name: string): void | Promise<void>;
  deny(name: string): void | Promise<void>;
  endLease(id: string): void | Promise<void>;
}

export interface MintingParts {
  readonly name: string;
  readonly open: () => Promise<MintingStore>;
  readonly make: (store: MintingStore) => SecretSource;
  /** Names that it cannot have. */
  readonly illegal: readonly string[];
  readonly versions?: boolean;
}

/** The suite's harness for an engine that mints, whatever stands behind it. */
export function mintingHarness({
  name,
  open,
  make,
  illegal,
  versions = false,
}: MintingParts): SourceHarness<MintingStore> {
  return {
    name,
    promises: {
      stages: ["current"],
      versions,
      versionIds: false,
      labels: false,
      binary: false,
      mints: true,
      methods: ["leases", "close"],
    },
    open,
    make,
    seed: {
      grant: (store, secret) => store.grant(secret),
      remove: (store, secret) => store.remove(secret),
      deny: (store, secret) => store.deny(secret),
      endLease: (store, id) => store.endLease(id),
    },
    lacks: [
      { what: ["denyBatch"], because: "The server has no batches." },
      { what: ["limit"], because: "The engine makes its values itself." },
      ...(illegal.length > 0
        ? []
        : [{ what: ["illegal-names"] as const, because: "A name is looked up in the options." }]),
    ],
    names: { longest: "n".repeat(200), strange: [], alike: [], illegal },
    credentials: ({ token }) => [token],
    ...onTheWire(),
  };
}
