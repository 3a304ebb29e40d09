import { describeRotation, describeSource } from "@secretsource/conformance";
import { describe, test } from "vitest";
import { fakeKvStore } from "./fake-kv-store.ts";
import { kvHarness } from "./kv-harness.ts";

const harness = kvHarness("vaultKv", fakeKvStore);
describeSource(harness, { describe, test });
describeRotation(harness, { describe, test });
