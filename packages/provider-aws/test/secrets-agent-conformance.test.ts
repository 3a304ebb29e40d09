import { describeRotation, describeSource } from "@secretsource/conformance";
import { describe, test } from "vitest";
import { secretsAgentHarness } from "./secrets-agent-harness.ts";

// The Lambda extension does not pass it: it has one answer for absent, denied and unreachable.
describeSource(secretsAgentHarness, { describe, test });
describeRotation(secretsAgentHarness, { describe, test });
