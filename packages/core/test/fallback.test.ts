import { describe, expect, test } from "vitest";
import { failureCodes } from "../src/errors/error-code.ts";
import type { FailureCode } from "../src/index.ts";
import { createSecrets, fallback } from "../src/index.ts";
import { virtualClock } from "../src/testing/virtual-clock.ts";
import { refusal, thrownBy, within } from "./outcomes.ts";
import { hangs, type Reply, scriptedSource } from "./scripted-source.ts";

function members(first: Reply, second: Reply, when?: readonly FailureCode[]) {
  const clock = virtualClock();
  const a = scriptedSource(first, { clock, kind: "a" });
  const b = scriptedSource(second, { clock, kind: "b" });
  const secrets = createSecrets({ source: fallback([a, b], when && { when }), clock });
  return { clock, a, b, secrets, read: () => within(clock, "20s", secrets.getSecret("db")) };
}

const byDefault: readonly FailureCode[] = ["unavailable", "timeout", "throttled"];

describe("fallback", () => {
  test("asks the first alone while it answers", async () => {
    const { a, b, read } = members("from a", "from b");
    expect((await read()).reveal()).toBe("from a");
    expect([a.calls.length, b.calls.length]).toEqual([1, 0]);
  });

  test.each(byDefault)("goes on after one %s", async (failure) => {
    const { a, b, read } = members({ failure }, "from b");
    expect((await read()).reveal()).toBe("from b");
    expect([a.calls.length, b.calls.length]).toEqual([1, 1]);
  });

  test.each(failureCodes.filter((code) => !byDefault.includes(code)))("stops at %s", async (failure) => {
    const { b, read } = members({ failure }, "from b");
    expect(await refusal(read())).toMatchObject({ code: failure, source: "fallback" });
    expect(b.calls).toEqual([]);
  });

  test("goes on when the first hangs", async () => {
    const { a, read, clock } = members(hangs, "from b");
    expect((await read()).reveal()).toBe("from b");
    expect(a.calls[0]?.context.signal.aborted).toBe(true);
    clock.assertIdle();
  });

  test("goes on after what `when` says, and after nothing else", async () => {
    const { read } = members({ failure: "not-found" }, "from b", ["not-found"]);
    expect((await read()).reveal()).toBe("from b");
    const other = members({ failure: "unavailable" }, "from b", ["not-found"]);
    expect(await refusal(other.read())).toMatchObject({ code: "unavailable" });
    expect(other.b.calls).toEqual([]);
  });

  test("asks in order, each once, up to the first answer", async () => {
    const clock = virtualClock();
    const sources = ["unavailable", "throttled", "value", "never asked"].map((reply) =>
      scriptedSource(failureCodes.includes(reply as never) ? { failure: reply as FailureCode } : reply, { clock }),
    );
    const secrets = createSecrets({ source: fallback(sources), clock });
    expect((await within(clock, "10s", secrets.getSecret("db"))).reveal()).toBe("value");
    expect(sources.map(({ calls }) => calls.length)).toEqual([1, 1, 1, 0]);
  });

  test("counts the calls of all", async () => {
    const { a, b, read } = members({ failure: "unavailable" }, { failure: "access-denied" });
    expect(await refusal(read())).toMatchObject({ code: "access-denied", attempts: 2 });
    expect([a.calls.length, b.calls.length]).toEqual([1, 1]);
  });
});

describe("absent in one and unreachable in another is unavailable:", () => {
  test.each(byDefault)("the first is %s, the second has it not", async (failure) => {
    const { read, secrets, clock } = members({ failure }, { failure: "not-found" });
    const error = await refusal(read());
    expect(error.code).toBe("unavailable");
    expect(error.advice).toContain("One source does not have the secret and another cannot be reached.");
    const optional = within(clock, "20s", secrets.getSecret("db", { optional: true }));
    expect((await refusal(optional)).code).not.toBe("not-found");
  });

  test("the first has it not, the second is unavailable", async () => {
    const { read } = members({ failure: "not-found" }, { failure: "unavailable" }, ["not-found", "unavailable"]);
    expect(await refusal(read())).toMatchObject({ code: "unavailable" });
  });

  test("a version that is absent is no exception", async () => {
    const { clock, secrets } = members({ failure: "unavailable" }, { failure: "version-not-found" });
    const read = secrets.getSecret("db", { version: { id: "7" }, optional: true });
    expect(await refusal(within(clock, "20s", read))).toMatchObject({ code: "unavailable" });
  });

  test("absent in all is absent", async () => {
    const { secrets } = members({ failure: "not-found" }, { failure: "not-found" }, ["not-found"]);
    expect(await secrets.getSecret("db", { optional: true })).toBeUndefined();
    expect(await refusal(secrets.getSecret("db"))).toMatchObject({ code: "not-found" });
  });
});

describe("the members of a fallback", () => {
  test("are closed with the instance", async () => {
    const { a, b, secrets } = members("a", "b");
    await secrets.close();
    expect([a.closes, b.closes]).toEqual([1, 1]);
  });

  test("belong to it alone", () => {
    const source = scriptedSource("value");
    const twice = thrownBy(() => createSecrets({ source: fallback([source, source]) }));
    expect(twice.code).toBe("invalid-options");
    createSecrets({ source: fallback([source, scriptedSource("other")]) });
    expect(thrownBy(() => createSecrets({ source })).code).toBe("invalid-options");
  });

  test.each<[string, unknown[]]>([
    ["none", []],
    ["nothing", [undefined]],
    ["text", ["env:"]],
    ["another fallback", [fallback([scriptedSource("value")])]],
  ])("must be sources, not %s", (_what, given) => {
    expect(thrownBy(() => createSecrets({ source: fallback(given as never) })).code).toBe("invalid-options");
  });

  test.each([
    { kind: "fallback", members: [], when: [] },
    { kind: "fallback", members: [scriptedSource("value")], when: 7 },
    { kind: "fallback", members: [scriptedSource("value")], when: ["hunter2"] },
  ])("are checked where the fallback was made by hand, %#", (source) => {
    const error = thrownBy(() => createSecrets({ source: source as never }));
    expect(error.code).toBe("invalid-options");
    expect(error.message).not.toContain("hunter2");
  });

  test("may stand beside other sources, under their own name", async () => {
    const clock = virtualClock();
    const both = fallback([scriptedSource({ failure: "unavailable" }), scriptedSource({ failure: "not-found" })]);
    const secrets = createSecrets({ sources: { both, other: scriptedSource("other") }, default: "other", clock });
    expect((await secrets.getSecret("db")).reveal()).toBe("other");
    const error = await refusal(within(clock, "20s", secrets.getSecret("db", { source: "both" })));
    expect(error).toMatchObject({ code: "unavailable", source: "both" });
  });
});
