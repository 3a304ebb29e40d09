import { createSecrets } from "@secretsource/core";
import { expect, test } from "vitest";
import { withFake } from "../test/with-fake.ts";

test("a version outside of its dates is served, and the warning is an event without the value", async () => {
  const { vault, source } = await withFake();
  const now = Math.floor(Date.now() / 1000);
  vault.set("late", "the-value-of-late", { expires: now - 3600 });
  vault.set("timely", "2", { notBefore: now - 3600, expires: now + 3600 });
  const secrets = createSecrets({ source });
  const warnings: string[] = [];
  secrets.on((event) => {
    if (event.type === "warning") warnings.push(`${event.secretName}: ${event.message}`);
  });
  expect((await secrets.getSecret("late")).reveal()).toBe("the-value-of-late");
  expect((await secrets.getSecret("timely")).reveal()).toBe("2");
  expect(warnings).toEqual([expect.stringMatching(/^late: .*expired/)]);
  expect(warnings.join()).not.toContain("the-value-of-late");
  await secrets.close();
});
