import type { Lack } from "../../src/index.ts";

/** What no source that reads files can be put to. */
export const fileLacks: readonly Lack[] = [
  { what: ["stage", "promote", "rollBack", "label", "disable"], because: "A file has one content and no state." },
  { what: ["deny"], because: "What the mode of a file forbids, it does not forbid to root, who may run the tests." },
  { what: ["unauthenticated", "network", "requests", "credentials"], because: "Files are not behind a network." },
];

/** What a source promises that reads files which nobody swaps. */
export const filePromises = {
  stages: ["current"],
  versions: false,
  versionIds: false,
  labels: false,
  binary: true,
  mints: false,
  methods: ["watch"],
} as const;

export const illegalPaths = ["../up", "a/../b", "./a", "/etc/passwd", "a//b", "a/", "..data", "a/..b"] as const;
