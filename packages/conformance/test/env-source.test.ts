import { describe, test } from "vitest";
import { describeSource } from "../src/index.ts";
import { envHarness } from "./sources/env-harness.ts";

describeSource(envHarness, { describe, test });
