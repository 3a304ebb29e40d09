import { describeRotation, describeSource } from "@secretsource/conformance";
import { describe, test } from "vitest";
import { grpcHarness, restHarness } from "./harness.ts";

describeSource(grpcHarness, { describe, test });
describeRotation(grpcHarness, { describe, test });

describeSource(restHarness, { describe, test });
describeRotation(restHarness, { describe, test });
