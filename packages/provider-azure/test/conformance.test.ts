import { describeRotation, describeSource } from "@secretsource/conformance";
import { describe, test } from "vitest";
import { keyVaultHarness } from "./key-vault-harness.ts";

describeSource(keyVaultHarness, { describe, test });
describeRotation(keyVaultHarness, { describe, test });
