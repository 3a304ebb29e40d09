import { describeRotation, describeSource } from "@secretsource/conformance";
import { describe, test } from "vitest";
import { fakeStaticRolesStore } from "./fake-static-roles-store.ts";
import { toldStaticRolesHarness } from "./static-roles-harness.ts";

for (const harness of [
  toldStaticRolesHarness("vaultDatabase, static roles", () => fakeStaticRolesStore({ rotation_period: 86_400 })),
  toldStaticRolesHarness("vaultDatabase, static roles on a schedule", () =>
    fakeStaticRolesStore({ rotation_schedule: "0 * * * *", rotation_window: 3600 }),
  ),
]) {
  describeSource(harness, { describe, test });
  describeRotation(harness, { describe, test });
}
