import { describe, test } from "node:test";
import { describeRotation, describeSource } from "../../src/index.ts";
import { memoryHarness } from "../sources/memory-harness.ts";

// `node under-node-test.ts broken` shows what a failure looks like.
const isBroken = process.argv.includes("broken");

const harness = isBroken
  ? {
      ...memoryHarness,
      make: async () => ({ ...(await memoryHarness.open()), read: async () => ({ failure: "not-found" }) as const }),
    }
  : memoryHarness;

describeSource(harness as typeof memoryHarness, { describe, test });
if (!isBroken) describeRotation(memoryHarness, { describe, test });
