import { describeRotation, describeSource } from "@secretsource/conformance";
import { describe, test } from "vitest";
import { fakeKv1Store, fakeKvStore } from "./fake-kv-store.ts";
import { kvHarness } from "./kv-harness.ts";
import { kv1Harness } from "./kv1-harness.ts";

const versioned = kvHarness("vaultKv", fakeKvStore);
describeSource(versioned, { describe, test });
describeRotation(versioned, { describe, test });

const plain = kv1Harness("vaultKv, version 1", fakeKv1Store);
describeSource(plain, { describe, test });
describeRotation(plain, { describe, test });
