import { describe, test } from "vitest";
import { describeSource } from "../src/index.ts";
import { mintingMockHarness } from "./sources/minting-mock-harness.ts";
import { mockHarness } from "./sources/mock-harness.ts";

describeSource(mockHarness, { describe, test });
describeSource(mintingMockHarness, { describe, test });
