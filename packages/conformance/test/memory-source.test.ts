import { describe, test } from "vitest";
import { describeSource } from "../src/index.ts";
import { memoryHarness } from "./sources/memory-harness.ts";

describeSource(memoryHarness, { describe, test });
