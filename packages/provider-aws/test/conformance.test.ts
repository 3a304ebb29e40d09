import { describeRotation, describeSource } from "@secretsource/conformance";
import { describe, test } from "vitest";
import { secretsManagerHarness } from "./secrets-manager-harness.ts";

describeSource(secretsManagerHarness, { describe, test });
describeRotation(secretsManagerHarness, { describe, test });
