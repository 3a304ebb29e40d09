import { type MockSource, minted, mockSource, type VirtualClock, virtualClock } from "@secretsource/core/testing";
import type { SourceHarness } from "../../src/index.ts";

interface MintingMock {
  readonly clock: VirtualClock;
  readonly source: MockSource;
  readonly names: Set<string>;
}

const credential = minted((count) => ({ username: `app-${count}`, password: `minted-password-${count}` }));

export const mintingMockHarness: SourceHarness<MintingMock> = {
  name: "mockSource of minted secrets",
  promises: {
    stages: ["current"],
    versions: false,
    versionIds: false,
    labels: false,
    binary: true,
    mints: true,
    methods: ["leases", "close"],
  },
  open() {
    const clock = virtualClock();
    // Whether it mints, its seed says.
    return { clock, source: mockSource({ "seed/minted": credential }, { clock }), names: new Set() };
  },
  make: ({ source }) => ({ ...source }),
  absent: ({ source }, name) => source.absent(name),
  seed: {
    grant({ source, names }, name) {
      names.add(name);
      source.define(name, credential);
    },
    remove: ({ source }, name) => source.remove(name),
    deny: ({ source }, name) => source.fail(name, "access-denied"),
    endLease({ source, names }) {
      for (const name of names) source.expireLease(name);
    },
  },
  lacks: [
    { what: ["limit", "illegal-names"], because: "It takes whatever core lets through." },
    { what: ["credentials"], because: "Nobody has to prove who they are." },
    { what: ["down", "unauthenticated", "garbage"], because: "The mock that mints nothing is put to it." },
    { what: ["network"], because: "It has no wire, and what can be scripted is tried without minting." },
  ],
  names: { longest: "n".repeat(2048), strange: [], alike: [], illegal: [] },
  requests({ source: { calls } }) {
    return { all: calls.length, values: calls.filter(({ method }) => method === "read").length };
  },
  clock: ({ clock }) => clock,
};
