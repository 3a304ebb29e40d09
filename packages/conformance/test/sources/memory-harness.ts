import { memorySource } from "@secretsource/core";
import type { SourceHarness } from "../../src/index.ts";

export const memoryHarness: SourceHarness<ReturnType<typeof memorySource>> = {
  name: "memorySource",
  promises: {
    stages: ["current", "previous", "pending"],
    versions: true,
    versionIds: true,
    labels: true,
    binary: true,
    mints: false,
    methods: [],
  },
  open: () => memorySource(),
  // A source belongs to one instance; this is another one on the same values.
  make: (store) => ({ ...store }),
  seed: {
    put: (store, name, payload) => store.set(name, payload),
    stage: (store, name, payload) => store.stage(name, payload),
    promote: (store, name) => store.promote(name),
    label: (store, name, label, versionId) => store.label(name, label, versionId),
    remove: (store, name) => store.remove(name),
  },
  lacks: [
    { what: ["rollBack"], because: "It has no roll-back: `set()` of the earlier value does it." },
    { what: ["disable", "deny"], because: "Whoever holds it may read all of it." },
    { what: ["limit", "illegal-names"], because: "It takes whatever core lets through." },
    {
      what: ["down", "unauthenticated", "garbage", "network", "requests", "credentials"],
      because: "There is no store.",
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
};
