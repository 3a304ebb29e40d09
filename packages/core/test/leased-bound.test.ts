import { expect, test } from "vitest";
import type { SecretsEvent } from "../src/index.ts";
import { createSecrets } from "../src/index.ts";
import { virtualClock } from "../src/testing/index.ts";
import { refusal } from "./outcomes.ts";
import { scriptedSource } from "./scripted-source.ts";

const bound = 1000;

/** A source that makes a credential of whatever name it is asked for, for a minute. */
function rig() {
  const clock = virtualClock();
  const reply = ({ ref }: { ref: { name: string } }) =>
    Promise.resolve({ payload: `pw of ${ref.name}`, lease: { id: ref.name, ttlMs: 60_000, renewable: false } });
  const source = scriptedSource(reply, { clock, traits: { mints: true } });
  const secrets = createSecrets({ source, clock });
  const names = (count: number, start = "made-up") => Array.from({ length: count }, (_, index) => `${start}-${index}`);
  const ask = (all: readonly string[]) => Promise.allSettled(all.map((name) => secrets.getSecret(name)));
  return { clock, source, secrets, names, ask };
}

const rejected = (outcomes: readonly PromiseSettledResult<unknown>[]) =>
  outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : []));

test("a caller who makes up names has a thousand credentials made, at once or one after the other, and no more", async () => {
  for (const isAtOnce of [true, false]) {
    const { clock, source, secrets, names, ask } = rig();
    const codes: string[] = [];
    const all = names(bound + 500);
    if (isAtOnce) codes.push(...rejected(await clock.until(ask(all))));
    else for (const name of all) codes.push(...rejected(await ask([name])));
    expect(codes).toEqual(Array.from({ length: 500 }, () => "mint-budget-exhausted"));
    expect(source.calls).toHaveLength(bound);
    // Those that were made are given, whoever else asks.
    expect((await secrets.getSecret("made-up-0")).reveal()).toBe("pw of made-up-0");
    expect(source.calls).toHaveLength(bound);
    await secrets.close();
  }
});

test("there is room again for each lease that is over, and the error says when and why", async () => {
  const { clock, source, secrets, names, ask } = rig();
  const events: SecretsEvent[] = [];
  secrets.on((event) => events.push(event));
  await clock.until(ask(names(bound)));
  await clock.advance("30s");
  const error = await refusal(secrets.getSecret("late"));
  expect(error).toMatchObject({ code: "mint-budget-exhausted", secretName: "late" });
  expect(error.message).toMatch(/1000 leased credentials.*make up the names/);
  expect(secrets.status().find(({ secretName }) => secretName === "late")?.nextTryInMs).toBe(30_000);
  const degraded = events.filter(({ type }) => type === "degraded");
  expect(degraded).toMatchObject([{ secretName: "late", message: expect.stringContaining("1000 leased credentials") }]);
  await clock.advance("31s");
  expect((await secrets.getSecret("late")).reveal()).toBe("pw of late");
  expect(source.calls).toHaveLength(bound + 1);
  await secrets.close();
});

test("what is watched takes no room, and is made all the same", async () => {
  const { clock, source, secrets, names, ask } = rig();
  const watched = names(20, "watched");
  for (const name of watched.slice(0, 10)) await secrets.watchSecret(name);
  expect(rejected(await clock.until(ask(names(bound))))).toEqual([]);
  for (const name of watched.slice(10)) await secrets.watchSecret(name);
  expect(source.calls).toHaveLength(bound + 20);
  expect(rejected(await ask(["one-more"]))).toEqual(["mint-budget-exhausted"]);
  await secrets.close();
});

test("an attempt that brings nothing takes no room", async () => {
  const { clock, source, secrets, names, ask } = rig();
  source.script({ failure: "not-found" });
  for (const round of ["absent", "gone"]) await clock.until(ask(names(600, round)));
  expect(source.calls).toHaveLength(1200);
  source.script({ payload: "made", lease: { id: "l", ttlMs: 60_000, renewable: false } });
  expect((await secrets.getSecret("role")).reveal()).toBe("made");
  await secrets.close();
});
