import { expect, test, vi } from "vitest";
import { createSecrets, type SecretsEvent } from "../src/index.ts";
import { virtualClock } from "../src/testing/virtual-clock.ts";
import { refusal } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { scriptedSource } from "./scripted-source.ts";

/** What is told of each secret, without what was merely loaded. */
function toldBy(secrets: { on(listener: (event: SecretsEvent) => void): unknown }): string[] {
  const told: string[] = [];
  secrets.on((event) => {
    if (event.type === "loaded" || event.type === "closed") return;
    const selector = "selector" in event ? event.selector : "";
    told.push([event.type, selector, "code" in event ? event.code : ""].join(" ").trim());
  });
  return told;
}

test("an optional secret that is not there is told as absent, by each look, and its coming is no recovery", async () => {
  const { secrets, source, clock } = scriptedInstance({ failure: "not-found" });
  const told = toldBy(secrets);
  expect(await secrets.getSecret("db", { optional: true })).toBeUndefined();
  await clock.advance("11s");
  expect(await secrets.getSecret("db", { optional: true })).toBeUndefined();
  expect(told).toEqual(["absent current not-found", "absent current not-found"]);
  source.script("value");
  await clock.advance("11s");
  expect((await secrets.getSecret("db")).reveal()).toBe("value");
  expect(told.slice(2)).toEqual([]);
});

test("a look at the rotation window for another credential tells of no failure where a stage is empty", async () => {
  const { secrets, source, clock } = scriptedInstance("current");
  const told = toldBy(secrets);
  source.script(({ ref }) => (ref.version === "current" ? { payload: "current" } : { failure: "version-not-found" }));
  const operation = vi.fn(async () => {
    throw new Error("login failed");
  });
  const working = refusal(secrets.withSecret("db", operation, { isAuthError: () => true })).catch(() => {});
  await clock.advance("2m");
  await working;
  expect(operation.mock.calls.length).toBeGreaterThan(1);
  expect(source.calls.some(({ ref }) => ref.version === "previous")).toBe(true);
  expect(new Set(told)).toEqual(new Set(["absent pending version-not-found", "absent previous version-not-found"]));
});

test("a pending version that has been promoted is absent, not lost", async () => {
  const { secrets, source, clock } = scriptedInstance("next");
  const told = toldBy(secrets);
  await secrets.getSecret("db", { version: "pending" });
  source.script({ failure: "version-not-found" });
  await clock.advance("5m");
  await secrets.getSecret("db", { version: "pending", optional: true });
  expect(told).toEqual(["absent pending version-not-found"]);
});

test("a secret that was there and is gone has failed, for as long as it is gone, and recovers", async () => {
  const { secrets, source, clock } = scriptedInstance("value");
  const told = toldBy(secrets);
  await secrets.getSecret("db");
  source.script({ failure: "not-found" });
  await clock.advance("5m");
  await secrets.getSecret("db");
  await clock.advance("31s");
  await refusal(secrets.getSecret("db"));
  await clock.advance("11s");
  await refusal(secrets.getSecret("db"));
  expect(new Set(told.filter((text) => !text.startsWith("became-stale")))).toEqual(
    new Set(["refresh-failed current not-found"]),
  );
  source.script("again");
  await clock.advance("11s");
  await secrets.getSecret("db");
  expect(told.at(-1)).toBe("recovered current not-found");
});

test("whatever else a first read meets is a failure", async () => {
  const { secrets } = scriptedInstance({ failure: "access-denied" });
  const told = toldBy(secrets);
  await refusal(secrets.getSecret("db", { version: "previous" }));
  expect(told).toEqual(["refresh-failed previous access-denied"]);
});

test("a version look-up that is not permitted is a warning, once: everything still works", async () => {
  const clock = virtualClock();
  const source = Object.assign(scriptedSource({ payload: "value", version: "1" }, { clock, kind: "store" }), {
    probe: vi.fn(async () => ({ failure: "access-denied" }) as const),
  });
  const secrets = createSecrets({ source, clock, ttl: "1m" });
  const heard: SecretsEvent[] = [];
  secrets.on((event) => void (event.type !== "loaded" && heard.push(event)));
  await using live = { [Symbol.asyncDispose]: () => secrets.close(), handle: await secrets.watchSecret("db") };
  await clock.advance("5m");
  expect(live.handle.current.reveal()).toBe("value");
  expect(source.probe).toHaveBeenCalledTimes(1);
  expect(heard).toEqual([
    {
      type: "warning",
      source: "store",
      secretName: "db",
      selector: "current",
      message: "The version look-up of store was refused (access-denied); its secrets are read whole instead.",
      at: expect.any(Number),
    },
  ]);
  expect(secrets.health()).toEqual({ status: "ok", problems: [] });
});
