import { createSecrets, fallback } from "@secretsource/core";
import { virtualClock } from "@secretsource/core/testing";
import { expect, test } from "vitest";
import { withFake } from "../test/with-fake.ts";

test("a replica region answers while the primary hangs", async () => {
  const clock = virtualClock();
  const primary = await withFake();
  const replica = await withFake({ region: "us-east-1" });
  // What a replica is: the same versions in another region.
  for (const { fake } of [primary, replica]) fake.put("db", "value");
  await using secrets = createSecrets({ source: fallback([primary.source, replica.source]), clock, ttl: "1m" });
  await primary.server.inject("hang");

  const reading = secrets.getSecret("db");
  await primary.server.request(1);
  // The primary has one attempt of 3 s while another one follows.
  await clock.advance("3s");
  expect((await reading).reveal()).toBe("value");
  expect(primary.server.requests).toHaveLength(1);
  expect(await (await primary.server.request(1)).end).toBe("cut");
  expect(replica.server.requests).toHaveLength(1);
});
