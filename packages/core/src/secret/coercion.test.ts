import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { RedactedSecret } from "./redacted-secret.ts";

const canary = "hunter2-canary-9e1f";
const label = "[secret prod/db: call reveal()]";
const facts = { name: "prod/db", version: "v7", fetchedAt: 0, metadata: {} };
const secret = new RedactedSecret(facts, canary);

// What a program takes it for that has lost the type on the way.
const lost: unknown = secret;
const text = lost as string;
const number = lost as number;

describe("coercion gives the label and never throws", () => {
  test.each<[string, () => unknown]>([
    ["a template", () => `${lost}`],
    ["String()", () => String(secret)],
    ["toString()", () => secret.toString()],
    ["toLocaleString()", () => secret.toLocaleString()],
    ["adding a text", () => "".concat(text)],
    ["a plus sign between texts", () => ["", text].reduce((a, b) => a + b)],
    ["joining", () => [secret].join()],
    ["a property key", () => Object.keys({ [text]: 1 })[0]],
    ["a replacement", () => "x".replaceAll("x", text)],
    ["a URL parameter", () => new URLSearchParams({ key: text }).get("key")],
    ["an error's message", () => new Error(text).message],
    ["a symbol's description", () => Symbol(text).description],
    ["a header", () => new Headers({ authorization: text }).get("authorization")],
    ["a Buffer", () => Buffer.from(text).toString()],
    ["an environment variable", () => throughEnvironment(text)],
  ])("%s", (_, coerce) => {
    expect(coerce()).toBe(label);
  });

  test("part of a URL", () => {
    expect(new URL(`https://host/${lost}`).pathname).toBe("/[secret%20prod/db:%20call%20reveal()]");
  });

  test.each<[string, () => unknown]>([
    ["Number()", () => Number(secret)],
    ["a sign", () => +number],
    ["multiplying", () => number * 2],
    ["Math.max", () => Math.max(number, 1)],
    ["a date", () => new Date(text).getTime()],
    ["parseInt", () => Number.parseInt(text, 10)],
    ["valueOf", () => Number(secret.valueOf())],
  ])("as a number it is none: %s", (_, coerce) => {
    expect(coerce()).toBeNaN();
  });

  test("comparing tells nothing about the value", () => {
    // biome-ignore lint/suspicious/noDoubleEquals: the coercion is what is tested
    expect([lost == canary, text < canary, text > canary]).toEqual([false, label < canary, label > canary]);
  });
});

describe("what the language refuses for any text throws, and quotes the label at most", () => {
  test.each<[string, () => unknown]>([
    ["BigInt()", () => BigInt(text)],
    ["BigInt.asIntN()", () => BigInt.asIntN(64, lost as bigint)],
    ["multiplying with a bigint", () => (lost as bigint) * 1n],
    ["calling it", () => (lost as () => void)()],
    ["constructing it", () => Reflect.construct(lost as () => void, [])],
    ["iterating", () => [...text]],
    ["a URL of its own", () => new URL(text)],
    ["JSON.parse", () => JSON.parse(text)],
    ["a private field from elsewhere", () => Object.create(secret).reveal()],
  ])("%s", (_, attempt) => {
    let thrown: unknown;
    try {
      attempt();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Error);
    expect(inspect(thrown, { depth: null, showHidden: true })).not.toContain("hunter2");
  });
});

describe("things that stand in front of a secret print no value and do not throw either", () => {
  const { proxy, revoke } = Proxy.revocable(secret, {});
  const stand: [string, object][] = [
    ["a proxy", proxy],
    ["an heir", Object.create(secret)],
    ["the prototype", RedactedSecret.prototype],
  ];

  test.each(stand)("%s", (_, object) => {
    expect([`${object}`, String(object), JSON.stringify({ object })]).toEqual([
      "[secret: call reveal()]",
      "[secret: call reveal()]",
      '{"object":"[secret: call reveal()]"}',
    ]);
    for (const options of [{}, { showProxy: true, showHidden: true, getters: true }, { customInspect: false }]) {
      expect(inspect(object, options)).not.toContain("hunter2");
    }
  });

  test("a proxy that was revoked is inspected without the value", () => {
    revoke();
    expect(inspect(proxy)).not.toContain("hunter2");
  });
});

function throughEnvironment(value: string): string | undefined {
  process.env.SECRETSOURCE_TEST = value;
  const stored = process.env.SECRETSOURCE_TEST;
  delete process.env.SECRETSOURCE_TEST;
  return stored;
}
