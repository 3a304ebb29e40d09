import type { StandardSchemaV1 } from "@standard-schema/spec";
import { describe, expect, test } from "vitest";
import { refusal, within } from "../../test/outcomes.ts";
import { schemaThat } from "../../test/schema-that.ts";
import { hangs } from "../../test/scripted-source.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { validate } from "./validate.ts";

const refuses = (...issues: unknown[]) => schemaThat(() => ({ issues }));
const fail = () => {
  throw new Error("hunter2");
};

describe("a schema that accepts", () => {
  test("gives its output, now or later, and leaves no timer", async () => {
    const clock = virtualClock();
    expect(
      await validate(
        schemaThat((value) => ({ value: `${value}!` })),
        "a",
        clock,
      ),
    ).toBe("a!");
    expect(
      await validate(
        schemaThat(async (value) => ({ value: `${value}!` })),
        "a",
        clock,
      ),
    ).toBe("a!");
    clock.assertIdle();
  });

  test("may give undefined", async () => {
    expect(
      await validate(
        schemaThat(() => ({ value: undefined })),
        "a",
        virtualClock(),
      ),
    ).toBeUndefined();
  });

  test("has its plain output frozen, and nothing else", async () => {
    const date = new Date();
    const made = schemaThat(() => ({ value: { list: [{ a: 1 }], date } }));
    const output = (await validate(made, "a", virtualClock())) as { list: object[]; date: Date };
    for (const node of [output, output.list, output.list[0]]) expect(Object.isFrozen(node)).toBe(true);
    expect(output.date).toBe(date);
    expect(Object.isFrozen(date)).toBe(false);
  });

  test("is called once, on itself, with the value", async () => {
    const asked: unknown[] = [];
    const standard = {
      version: 1,
      vendor: "test",
      suffix: "!",
      validate(this: { suffix: string }, value: unknown) {
        asked.push(value);
        return { value: `${value}${this.suffix}` };
      },
    } as const;
    expect(await validate({ "~standard": standard } as StandardSchemaV1, "a", virtualClock())).toBe("a!");
    expect(asked).toEqual(["a"]);
  });
});

describe("a schema that refuses", () => {
  test("is quoted by paths and reasons, never by its messages", async () => {
    const schema = refuses({ message: "hunter2 is bad", path: ["a"] }, { message: "hunter2", path: ["b"] });
    const error = await refusal(validate(schema, { a: "hunter2" }, virtualClock()));
    expect(error.code).toBe("validation-failed");
    expect(error.advice).toBe('The schema refused it: "a" (a string) is not valid; "b" is missing.');
  });

  test("may have said nothing", async () => {
    const error = await refusal(validate(refuses(), {}, virtualClock()));
    expect(error.advice).toBe("The schema refused it: without saying why.");
  });

  test("is quoted briefly", async () => {
    const issues = Array.from({ length: 50 }, (_, index) => ({ message: "", path: [`k${index}`] }));
    const error = await refusal(validate(refuses(...issues), {}, virtualClock()));
    expect(error.advice).toContain('"k19" is missing; 30 more.');
    expect(error.advice).not.toContain("k20");
  });

  test("text is told that it was text", async () => {
    const error = await refusal(validate(refuses({ message: "" }), "hunter2", virtualClock()));
    expect(error.advice).toContain("The schema was given text, since the payload is no JSON object.");
  });
});

describe("a schema that misbehaves is refused without a word of its own:", () => {
  const getter = {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: () => ({
        get issues() {
          return fail();
        },
      }),
    },
  };
  const late = {
    get "~standard"() {
      return fail();
    },
  };
  test.each<[string, unknown]>([
    ["throws", schemaThat(fail)],
    ["rejects", schemaThat(() => Promise.reject(new Error("hunter2")))],
    [
      "throws no error",
      schemaThat(() => {
        throw "hunter2";
      }),
    ],
    ["answers nothing", schemaThat(() => undefined)],
    ["answers text", schemaThat(() => "hunter2")],
    ["answers issues that are no list", schemaThat(() => ({ issues: "hunter2" }))],
    ["answers null for an issue", refuses(null)],
    [
      "has issues that cannot be read",
      refuses({
        get path() {
          return fail();
        },
      }),
    ],
    ["has a result that cannot be read", getter],
    ["cannot be read itself", late],
    ["gives an output that cannot be frozen", schemaThat(() => ({ value: new Proxy({}, { getPrototypeOf: fail }) }))],
    [
      "gives a promise that never was one",
      schemaThat(() => ({
        get then() {
          return fail();
        },
      })),
    ],
  ])("%s", async (_what, schema) => {
    const clock = virtualClock();
    const error = await refusal(validate(schema as StandardSchemaV1, "hunter2", clock));
    expect(error.code).toBe("validation-failed");
    expect(error.stack).not.toContain("hunter2");
    expect(error.cause).toBeUndefined();
    clock.assertIdle();
  });
});

test("a schema that does not finish is refused after 10 s, not before", async () => {
  const clock = virtualClock();
  const verdict = refusal(validate(schemaThat(hangs), "a", clock));
  await clock.advance(9999);
  expect(clock.pending).toBe(1);
  const error = await within(clock, "1ms", verdict);
  expect(error.code).toBe("validation-failed");
  expect(error.advice).toBe("The schema did not finish within 10 s: look at what it waits for.");
  clock.assertIdle();
});
