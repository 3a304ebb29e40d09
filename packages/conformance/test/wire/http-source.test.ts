import { describe, test } from "vitest";
import { describeRotation, describeSource } from "../../src/index.ts";
import { httpHarness, type Way, ways } from "./http-harness.ts";

for (const way of Object.keys(ways) as Way[]) {
  describeSource(httpHarness(way), { describe, test });
}
describeRotation(httpHarness("http proxy"), { describe, test });
