import { expect, test, vi } from "vitest";
import { z } from "zod";
import { mockedInstance } from "../../test/mocked-instance.ts";
import { refusal, within } from "../../test/outcomes.ts";
import type { Secret } from "../secret/secret.ts";
import { constantTimeEquals } from "./constant-time.ts";

const given = (value: string) => (_secret: Secret<string>, equals: (value: string) => boolean) => equals(value);

test("current and previous are accepted, as the store has them; pending only when asked for", async () => {
  const { source, secrets } = mockedInstance();
  source.rotate("db", "two");
  source.stage("db", "three");
  expect((await secrets.acceptAny("db", given("two")))?.version).toBe("2");
  expect((await secrets.acceptAny("db", given("one")))?.version).toBe("1");
  expect(await secrets.acceptAny("db", given("three"))).toBeUndefined();
  expect((await secrets.acceptAny("db", given("three"), { pending: true }))?.version).toBe("3");
  await secrets.close();
});

test("a value that the store has given up is never accepted, though it is remembered", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "1m" });
  await secrets.getSecret("db");
  source.rotate("db", "two");
  source.rotate("db", "three");
  await clock.advance("61s");
  await secrets.getSecret("db");
  expect(await secrets.acceptAny("db", given("one"))).toBeUndefined();
  await secrets.close();
});

test("nor is one that a schema's reader would be given in the place of the new one", async () => {
  const { clock, source, secrets } = mockedInstance({ db: { key: "one" } }, { ttl: "1m" });
  const schema = z.object({ key: z.string() });
  await secrets.getSecret("db", { schema });
  source.rotate("db", { other: "two" });
  source.rotate("db", { other: "three" });
  await clock.advance("61s");
  expect((await secrets.getSecret("db", { schema })).reveal()).toEqual({ key: "one" });
  const answer = secrets.acceptAny("db", (secret) => secret.reveal().key === "one", { schema });
  expect((await refusal(answer)).code).toBe("validation-failed");
  await secrets.close();
});

test("nor is one that stands in for a version that a hook has refused", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "1m" });
  const verify = (next: Secret<string>) => {
    if (next.reveal() !== "one") throw new Error("refused");
  };
  await secrets.watchSecret("db", { verify });
  source.rotate("db", "two");
  source.rotate("db", "three");
  await clock.advance("61s");
  expect((await secrets.getSecret("db")).reveal()).toBe("one");
  expect((await refusal(secrets.acceptAny("db", given("one")))).code).toBe("verify-failed");
  await secrets.close();
});

test("a miss looks at the store at once, and then at most once in 30 s", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "30d" });
  await secrets.acceptAny("db", given("one"));
  await clock.advance("5s");
  source.rotate("db", "two");
  source.forgetCalls();
  expect((await secrets.acceptAny("db", given("two")))?.reveal()).toBe("two");
  expect(source.calls.map(({ version }) => version)).toEqual(["current", "previous"]);
  source.rotate("db", "three");
  for (let second = 0; second < 29; second += 1) {
    expect(await secrets.acceptAny("db", given("wrong"))).toBeUndefined();
    await clock.advance("1s");
  }
  expect(source.calls).toHaveLength(2);
  await clock.advance("1s");
  expect((await secrets.acceptAny("db", given("three")))?.reveal()).toBe("three");
  expect(source.calls).toHaveLength(4);
  await secrets.close();
});

test("who misses while another's look is under way shares it, and is accepted by what it brings", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "30d", batch: false });
  await secrets.acceptAny("db", given("one"));
  await clock.advance("5s");
  source.rotate("db", "two");
  source.forgetCalls();
  source.delay("db", "2s");
  const controller = new AbortController();
  const impatient = secrets.acceptAny("db", given("two"), { signal: controller.signal });
  const answers = Array.from({ length: 100 }, () => secrets.acceptAny("db", given("two")));
  await clock.advance("1500ms");
  controller.abort();
  await expect(impatient).rejects.toMatchObject({ code: "aborted" });
  const late = secrets.acceptAny("db", given("two"));
  const all = await within(clock, "5s", Promise.all([...answers, late]));
  expect(new Set(all.map((secret) => secret?.reveal()))).toEqual(new Set(["two"]));
  expect(source.calls).toHaveLength(2);
  await secrets.close();
});

test("a miss that is answered from an answer a moment old has not used up the look of 30 s", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "1h" });
  await secrets.acceptAny("db", given("one"));
  source.rotate("db", "two");
  await clock.advance("900ms");
  source.forgetCalls();
  expect(await secrets.acceptAny("db", given("two"))).toBeUndefined();
  expect(source.calls.filter(({ version }) => version === "current")).toHaveLength(0);
  await clock.advance("100ms");
  expect((await secrets.acceptAny("db", given("two")))?.reveal()).toBe("two");
  await secrets.close();
});

test("nor has one that joined a read which had begun before it", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "1h", batch: false });
  await secrets.acceptAny("db", given("one"));
  await clock.advance("5s");
  source.delay("db", "2s");
  const refreshed = secrets.getSecret("db", { refresh: true });
  await clock.advance("1s");
  const joined = secrets.acceptAny("db", given("two"));
  await clock.advance("2s");
  expect(await joined).toBeUndefined();
  await refreshed;
  source.restore("db");
  source.rotate("db", "two");
  expect((await secrets.acceptAny("db", given("two")))?.reveal()).toBe("two");
  await secrets.close();
});

test("made-up names cost one look each, and do not make another name's misses look sooner", async () => {
  const seed = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`made-up-${index}`, "x"]));
  const { source, secrets, clock } = mockedInstance({ db: "one", ...seed }, { ttl: "30d", batch: false });
  for (const name of Object.keys(seed)) source.remove(name);
  await secrets.acceptAny("db", given("one"));
  await clock.advance("5s");
  await secrets.acceptAny("db", given("wrong"));
  source.forgetCalls();
  for (let index = 0; index < 3000; index += 1) {
    await expect(secrets.acceptAny(`made-up-${index}`, given("x"))).rejects.toMatchObject({ code: "deleted" });
  }
  const calls = source.calls.filter(({ name }) => name !== "db");
  expect(calls).toHaveLength(6000);
  // What was remembered of its absent `previous` was pushed out, the record was not: the miss asks for no more than that.
  source.forgetCalls();
  await secrets.acceptAny("db", given("wrong"));
  await secrets.acceptAny("db", given("wrong"));
  expect(source.calls).toHaveLength(1);
  await secrets.close();
});

test("a miss while the store is out is no `no`", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "1m" });
  source.rotate("db", "two");
  await secrets.acceptAny("db", given("two"));
  source.failAll("unavailable");
  await clock.advance("2m");
  const answer = await within(clock, "20s", secrets.acceptAny("db", given("two")));
  expect(answer?.stale).toBe("unavailable");
  const miss = await refusal(within(clock, "20s", secrets.acceptAny("db", given("wrong"))));
  expect(miss.code).toBe("unavailable");
  const again = await refusal(within(clock, "20s", secrets.acceptAny("db", given("wrong"))));
  expect(again.code).toBe("unavailable");
  await secrets.close();
});

test("what the check throws is the caller's, and it is asked once per value", async () => {
  const { source, secrets } = mockedInstance();
  source.rotate("db", "one");
  const check = vi.fn(() => false);
  expect(await secrets.acceptAny("db", check)).toBeUndefined();
  expect(check).toHaveBeenCalledTimes(1);
  const throwing = () => Promise.reject(new Error("the check's own"));
  await expect(secrets.acceptAny("db", throwing)).rejects.toThrow("the check's own");
  await secrets.close();
});

test("the comparison knows text and bytes, and only equal ones are equal", () => {
  const bytes = new TextEncoder().encode("key");
  expect(constantTimeEquals("key", "key")).toBe(true);
  expect(constantTimeEquals("key", bytes)).toBe(true);
  expect(constantTimeEquals("key", "kez")).toBe(false);
  expect(constantTimeEquals("key", "keys")).toBe(false);
  expect(constantTimeEquals("", "")).toBe(true);
});
