import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./project-files.ts";

// Each provider is built by itself and depends on the core alone: what they have in common is a copy in each.
test.each(["on-first-call.ts", "on-first-call.test.ts"])("every provider's copy of %s has the same text", (name) => {
  const copies = globSync(`packages/provider-*/src/${name}`, { cwd: root });
  expect(copies.length).toBeGreaterThan(1);
  const [first, ...others] = copies.map((path) => readFileSync(join(root, path), "utf8"));
  for (const other of others) expect(other).toBe(first);
});
