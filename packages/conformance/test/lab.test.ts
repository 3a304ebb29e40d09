import { describe, test } from "vitest";
import { describeSource } from "../src/index.ts";
import { choosingLabHarness, labHarness, mintingLabHarness, plainLabHarness } from "./lab/lab-harness.ts";

describeSource(labHarness(), { describe, test });
describeSource(plainLabHarness(), { describe, test });
describeSource(choosingLabHarness(), { describe, test });
describeSource(mintingLabHarness(), { describe, test });
