import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { thrownBy } from "../../test/outcomes.ts";
import { memorySource } from "./memory-source.ts";

test("gives text, bytes and JSON text, each as version 1", async () => {
  const source = memorySource({
    text: "x",
    bytes: Uint8Array.from([255, 0]),
    json: { user: "a", list: [1] },
    list: [1],
  });
  await expect(ask(source, "text")).resolves.toEqual({ payload: "x", version: "1" });
  await expect(ask(source, "bytes")).resolves.toEqual({ payload: Uint8Array.from([255, 0]), version: "1" });
  await expect(ask(source, "json")).resolves.toEqual({ payload: '{"user":"a","list":[1]}', version: "1" });
  await expect(ask(source, "list")).resolves.toEqual({ payload: "[1]", version: "1" });
  await expect(failureOf(ask(source, "other"))).resolves.toMatch(/^not-found/);
  await expect(failureOf(ask(memorySource(), "text"))).resolves.toMatch(/^not-found/);
});

test("names that objects reserve are names like others", async () => {
  const source = memorySource(JSON.parse('{"__proto__": "x"}'));
  await expect(ask(source, "__proto__")).resolves.toMatchObject({ payload: "x" });
  await expect(failureOf(ask(source, "constructor"))).resolves.toMatch(/^not-found/);
  source.set("constructor", "y");
  await expect(ask(source, "constructor")).resolves.toMatchObject({ payload: "y" });
});

test("bytes are copied in and out", async () => {
  const given = Buffer.from([1, 2]);
  const source = memorySource({ a: given });
  given.fill(9);
  const first = await ask(source, "a");
  expect(first).toMatchObject({ payload: Uint8Array.from([1, 2]) });
  (first as { payload: Uint8Array }).payload.fill(9);
  await expect(ask(source, "a")).resolves.toMatchObject({ payload: Uint8Array.from([1, 2]) });
});

test("the stages move as in a store", async () => {
  const source = memorySource({ a: "one" });
  const stages = async () =>
    Promise.all(
      (["current", "previous", "pending"] as const).map(async (stage) => {
        const answer = await ask(source, "a", stage);
        return answer.failure ?? `${answer.version} ${answer.payload}`;
      }),
    );
  expect(await stages()).toEqual(["1 one", "version-not-found", "version-not-found"]);
  expect(source.set("a", "two")).toBe("2");
  expect(await stages()).toEqual(["2 two", "1 one", "version-not-found"]);
  expect(source.stage("a", "three")).toBe("3");
  expect(await stages()).toEqual(["2 two", "1 one", "3 three"]);
  expect(source.stage("a", "four")).toBe("4");
  expect(await stages()).toEqual(["2 two", "1 one", "4 four"]);
  source.promote("a");
  expect(await stages()).toEqual(["4 four", "2 two", "version-not-found"]);
});

test("versions are found by id and label", async () => {
  const source = memorySource({ a: "one" });
  source.set("a", "two");
  source.label("a", "blue", "1");
  await expect(ask(source, "a", { id: "1" })).resolves.toEqual({ payload: "one", version: "1" });
  await expect(ask(source, "a", { label: "blue" })).resolves.toEqual({ payload: "one", version: "1" });
  source.label("a", "blue", "2");
  await expect(ask(source, "a", { label: "blue" })).resolves.toEqual({ payload: "two", version: "2" });
  await expect(failureOf(ask(source, "a", { id: "7" }))).resolves.toMatch(/^version-not-found/);
  await expect(failureOf(ask(source, "a", { label: "green" }))).resolves.toMatch(/^version-not-found/);
  await expect(failureOf(ask(source, "b", { id: "1" }))).resolves.toMatch(/^not-found/);
});

test("keeps the ten newest versions, and older ones that are named", async () => {
  const source = memorySource({ a: "v1" });
  source.label("a", "first", "1");
  for (let count = 2; count <= 30; count += 1) source.set("a", `v${count}`);
  const kept = await Promise.all(
    Array.from(
      { length: 30 },
      async (_, index) => (await ask(source, "a", { id: String(index + 1) })).failure === undefined,
    ),
  );
  expect(kept.flatMap((is, index) => (is ? [index + 1] : []))).toEqual([1, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
  for (let count = 0; count < 20; count += 1) source.stage("a", "pending");
  await expect(ask(source, "a")).resolves.toEqual({ payload: "v30", version: "30" });
  await expect(ask(source, "a", "previous")).resolves.toEqual({ payload: "v29", version: "29" });
});

test("what is removed is absent, and ids are not used again", async () => {
  const source = memorySource({ a: "one" });
  source.remove("a");
  source.remove("never there");
  await expect(failureOf(ask(source, "a"))).resolves.toMatch(/^not-found/);
  await expect(failureOf(ask(source, "a", { id: "1" }))).resolves.toMatch(/^not-found/);
  source.set("a", "two");
  await expect(ask(source, "a")).resolves.toEqual({ payload: "two", version: "2" });
  await expect(failureOf(ask(source, "a", "previous"))).resolves.toMatch(/^version-not-found/);
});

test("says what to do where there is nothing to promote or label", () => {
  const source = memorySource({ a: "one" });
  for (const [run, complaint] of [
    [() => source.promote("a"), "call stage() first"],
    [() => source.promote("b"), "call stage() first"],
    [() => source.label("a", "x", "2"), 'no version "2"'],
    [() => source.label("b", "x", "1"), 'no version "1"'],
  ] as const) {
    const error = thrownBy(run);
    expect(error.code).toBe("version-not-found");
    expect(error.message).toContain(complaint);
  }
});

const circle: Record<string, unknown> = { password: "hunter2" };
circle.self = circle;

test.each([
  ["undefined", undefined],
  ["null", null],
  ["a number", 7],
  ["a function", () => "hunter2"],
  ["a map", new Map([["a", "hunter2"]])],
  ["a date", new Date(0)],
  ["a circle", circle],
  ["a bigint inside", { a: 1n }],
  [
    "a getter that throws",
    {
      get a() {
        throw new Error("hunter2");
      },
    },
  ],
])("refuses %s as a value", (_what, value) => {
  for (const run of [() => memorySource({ a: value as never }), () => memorySource().set("a", value as never)]) {
    const error = thrownBy(run);
    expect(error.code).toBe("invalid-options");
    expect(`${error.message}${error.stack}`).not.toContain("hunter2");
  }
});

test("refuses what is no map of values, and names that are none", () => {
  for (const initial of [null, "a", ["a"]]) {
    expect(thrownBy(() => memorySource(initial as never)).code).toBe("invalid-options");
  }
  expect(thrownBy(() => memorySource({ "": "x" })).code).toBe("invalid-options");
  expect(thrownBy(() => memorySource().set(7 as never, "x")).code).toBe("invalid-options");
});

test("promises what it does, and shows no value when printed", () => {
  const source = memorySource({ a: "hunter2" });
  expect(source).toMatchObject({
    specVersion: 1,
    kind: "memory",
    traits: { stages: ["current", "previous", "pending"], versionIds: true, labels: true, binary: true, mints: false },
  });
  expect(source.classify(new Error("x"))).toBeUndefined();
  expect(inspect(source, { depth: 9, showHidden: true }) + JSON.stringify(source)).not.toContain("hunter2");
});

test("does nothing after an abort", async () => {
  const reason = new Error("enough");
  await expect(ask(memorySource({ a: "x" }), "a", "current", AbortSignal.abort(reason))).rejects.toBe(reason);
});
