import { expect, test } from "vitest";
import { thrownBy } from "../../test/outcomes.ts";
import { failureCodes } from "../errors/error-code.ts";
import { fallback, isFallback } from "./fallback.ts";
import { memorySource } from "./memory-source.ts";

test("is plain frozen data: the members in order, and when the next one is asked", () => {
  const [first, second] = [memorySource(), memorySource()];
  const both = fallback([first, second]);
  expect(Object.entries(both)).toEqual([
    ["kind", "fallback"],
    ["members", [first, second]],
    ["when", ["unavailable", "timeout", "throttled"]],
  ]);
  for (const part of [both, both.members, both.when]) expect(Object.isFrozen(part)).toBe(true);
});

test("takes copies of its lists, and each code once", () => {
  const members = [memorySource()];
  const when: "not-found"[] = ["not-found", "not-found"];
  const made = fallback(members, { when });
  members.push(memorySource());
  expect(made.members.length).toBe(1);
  expect(made.when).toEqual(["not-found"]);
  expect(Object.isFrozen(members)).toBe(false);
});

test("every failure of a source can be listed but the caller's own abort", () => {
  for (const code of failureCodes) {
    const make = () => fallback([memorySource()], { when: [code] });
    if (code === "aborted") expect(thrownBy(make).code).toBe("invalid-options");
    else expect(make().when).toEqual([code]);
  }
});

const one = memorySource();

test.each([
  [[], undefined, "a list of one source or more"],
  [one, undefined, "a list of one source or more"],
  [undefined, undefined, "a list of one source or more"],
  [[one, undefined], undefined, "not a source"],
  [[memorySource], undefined, "not a source"],
  [[one, fallback([memorySource()])], undefined, "cannot stand in a fallback"],
  [[one, memorySource(), one], undefined, "stands twice"],
  [[one], { when: [] }, "one or more of: not-found"],
  [[one], { when: ["unavailable", "stale-limit"] }, "one or more of: not-found"],
  [[one], { when: "unavailable" }, "one or more of: not-found"],
  [[one], { if: ["unavailable"] }, "there are when"],
])("refuses case %#", (members, options, complaint) => {
  const error = thrownBy(() => fallback(members as never, options as never));
  expect(error.code).toBe("invalid-options");
  expect(error.message).toContain(complaint);
});

test("is recognised by its shape, whatever is asked about", () => {
  expect(isFallback(fallback([memorySource()]))).toBe(true);
  const hostile = new Proxy({}, { get: () => expect.unreachable() });
  for (const other of [one, null, undefined, "fallback", { kind: "fallback" }, hostile])
    expect(isFallback(other)).toBe(false);
});
