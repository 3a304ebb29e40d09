import { describeRotation, describeSource } from "@secretsource/conformance";
import { describe, test } from "vitest";
import { parameterStoreHarness } from "./parameter-store-harness.ts";
import { secretsManagerHarness } from "./secrets-manager-harness.ts";

describeSource(secretsManagerHarness, { describe, test });
describeRotation(secretsManagerHarness, { describe, test });

describeSource(parameterStoreHarness, { describe, test });
describeRotation(parameterStoreHarness, { describe, test });
