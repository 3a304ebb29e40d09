import { type MockSource, mockSource, type VirtualClock, virtualClock } from "@secretsource/core/testing";
import type { SourceHarness } from "../../src/index.ts";

interface Mock {
  readonly clock: VirtualClock;
  readonly source: MockSource;
  readonly names: Set<string>;
}

export const mockHarness: SourceHarness<Mock> = {
  name: "mockSource",
  promises: {
    stages: ["current", "previous", "pending"],
    versions: true,
    versionIds: true,
    labels: true,
    binary: true,
    mints: false,
    methods: ["batch", "probe", "watch", "close"],
  },
  open() {
    const clock = virtualClock();
    return { clock, source: mockSource({}, { clock }), names: new Set() };
  },
  // A source belongs to one instance; this is another one on the same store.
  make: ({ source }) => ({ ...source }),
  absent: ({ source }, name) => source.absent(name),
  seed: {
    put({ source, names }, name, payload) {
      if (!names.has(name)) {
        names.add(name);
        source.define(name, payload);
        return "1";
      }
      const id = source.rotate(name, payload);
      source.announce(name);
      return id;
    },
    stage: ({ source }, name, payload) => source.stage(name, payload),
    promote: ({ source }, name) => source.promote(name),
    rollBack: ({ source }, name) => source.rollBack(name),
    label: ({ source }, name, label, versionId) => source.label(name, label, versionId),
    disable: ({ source }, name) => source.disable(name),
    remove: ({ source }, name) => source.remove(name),
    deny: ({ source }, name) => source.fail(name, "access-denied"),
    denyBatch: ({ source }) => source.failAll("access-denied", { on: "batch" }),
  },
  lacks: [
    { what: ["limit", "illegal-names"], because: "It takes whatever core lets through." },
    { what: ["credentials"], because: "Nobody has to prove who they are." },
    {
      what: ["trickle", "reset-before", "reset-after", "half-answer", "foreign-404", "redirect", "huge", "taken-bytes"],
      because: "It has no wire: it answers with a record or with a failure that the test scripted.",
    },
  ],
  names: {
    longest: "n".repeat(2048),
    strange: [
      "production/myapp/db",
      " ",
      "a b",
      "../up",
      "näme",
      "名前",
      "🔑",
      "constructor.name",
      "%2F",
      "a\\b",
      "?#&=",
    ],
    alike: ["a/b", "a-b", "a_b", "A/B", "a/b/", "caf\u00e9", "cafe\u0301"],
    illegal: [],
  },
  faults: {
    down: ({ source }) => source.failAll("unavailable"),
    unauthenticated: ({ source }) => source.failAll("unauthenticated"),
    garbage: ({ source }) => source.failAll("payload-corrupt"),
    slow({ source, names }) {
      for (const name of names) source.delay(name, "50ms");
    },
    hang({ source, names }) {
      for (const name of names) source.hang(name);
    },
    throttled: ({ source }) => source.failAll("throttled"),
    "throttled-with-wait": ({ source }) => source.failAll("throttled", { retryAfter: "7s" }),
    unavailable: ({ source }) => source.failAll("unavailable"),
    "unavailable-with-wait": ({ source }) => source.failAll("unavailable", { retryAfter: "7s" }),
  },
  heal: ({ source }) => source.restore(),
  requests({ source: { calls } }) {
    const requests = new Map(calls.map(({ request, method }) => [request, method]));
    const values = [...requests.values()].filter((method) => method === "read" || method === "batch");
    return { all: requests.size, values: values.length };
  },
  clock: ({ clock }) => clock,
};
