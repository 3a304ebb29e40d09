import assert from "node:assert";
import { Console } from "node:console";
import { Writable } from "node:stream";
import { format, type InspectOptions, inspect } from "node:util";
import { deserialize, serialize } from "node:v8";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { CopiedAtReveal } from "./copied-at-reveal.ts";
import { RedactedSecret } from "./redacted-secret.ts";

const canary = "hunter2-canary-9e1f";
const bytes = new TextEncoder().encode(canary);
const label = "[secret prod/db: call reveal()]";

// Base64 and hex by their beginning: how they end depends on what follows.
const disguises = [
  canary,
  Buffer.from(canary).toString("base64").slice(0, 20),
  Buffer.from(canary).toString("hex").slice(0, 20),
  inspect(bytes).slice(30, 50),
  [...bytes.slice(0, 6)].join(),
];

function leaksIn(printed: string): string[] {
  return disguises.filter((disguise) => printed.includes(disguise));
}

function secretOf<T>(value: T): RedactedSecret<T> {
  const facts = { name: "prod/db", version: "v7", fetchedAt: 0, metadata: {} };
  return new RedactedSecret(facts, CopiedAtReveal.of(value));
}

const secrets: [string, RedactedSecret<unknown>][] = [
  ["of text", secretOf(canary)],
  ["of an object", secretOf({ password: canary, list: [canary] })],
  ["of bytes", secretOf(bytes)],
];

test("the search finds each disguise", () => {
  const openly = [canary, btoa(canary), Buffer.from(bytes).toString("hex"), inspect(bytes), JSON.stringify([...bytes])];
  for (const printed of openly) expect(leaksIn(`... ${printed} ...`)).not.toEqual([]);
});

function printed(print: (console: Console) => void): string {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  print(new Console({ stdout: stream, stderr: stream }));
  return chunks.join("");
}

const everyOption: InspectOptions[] = [false, true].flatMap((showHidden) =>
  [false, true].flatMap((customInspect) =>
    [0, 2, null].flatMap((depth) =>
      [false, true].map((getters) => ({ showHidden, customInspect, depth, getters, showProxy: true, sorted: true })),
    ),
  ),
);

describe.each(secrets)("a secret %s", (_, secret) => {
  const holders = [secret, { secret }, [secret], new Map([[secret, secret]]), new Set([secret])];
  const withCause = Object.assign(new Error("x", { cause: secret }), { secret });

  test.each(everyOption)("inspected with %o", (options) => {
    for (const holder of [...holders, withCause, { deep: { er: { holders } } }]) {
      expect(leaksIn(inspect(holder, options))).toEqual([]);
    }
  });

  test("inspected as usual it shows its label, at every depth", () => {
    expect(inspect(secret)).toBe(label);
    expect(inspect({ a: { b: { c: { secret } } } }, { depth: 3 })).toContain(label);
    expect(format("%s %o %O %j %d %i", secret, secret, secret, secret, secret, secret)).toContain(label);
    expect(leaksIn(format("%s %o %O %j %d %i %f %c", ...Array(8).fill(secret)))).toEqual([]);
  });

  test.each<[string, (console: Console) => void]>([
    ["log", (console) => console.log(secret, holders)],
    ["error", (console) => console.error("%s failed", secret, withCause)],
    ["dir", (console) => console.dir(holders, { showHidden: true, depth: null })],
    ["dir without custom printers", (console) => console.dir(holders, { customInspect: false } as InspectOptions)],
    ["table of rows", (console) => console.table([secret, { secret }])],
    ["table of one", (console) => console.table(secret)],
    ["table of columns", (console) => console.table([{ secret }], ["secret", "reveal", "value"])],
    ["group", (console) => console.group(secret)],
    ["trace", (console) => console.trace(secret)],
    ["assert", (console) => console.assert(false, "%s", secret)],
  ])("console.%s", (_name, print) => {
    const text = printed(print);
    expect(text).not.toBe("");
    expect(leaksIn(text)).toEqual([]);
  });

  test("as JSON it is its label, nested, as a root, with a replacer, as a key", () => {
    expect(JSON.stringify(secret)).toBe(JSON.stringify(label));
    expect(JSON.stringify({ a: [{ secret }] })).toBe(`{"a":[{"secret":"${label}"}]}`);
    expect(leaksIn(JSON.stringify(holders, (_key, value) => value, 2))).toEqual([]);
    const bypassing = JSON.stringify({ secret }, function (this: Record<string, unknown>, key) {
      return key === "secret" ? { ...(this[key] as object) } : this[key];
    });
    expect(bypassing).toBe('{"secret":{}}');
  });

  test("it has no own property to find, spread or copy", () => {
    expect(Reflect.ownKeys(secret)).toEqual([]);
    expect(Object.getOwnPropertyDescriptors(secret)).toEqual({});
    expect([Object.keys(secret), Object.values(secret), Object.entries(secret)]).toEqual([[], [], []]);
    expect(Reflect.ownKeys({ ...secret })).toEqual([]);
    expect(Reflect.ownKeys(Object.assign({}, secret))).toEqual([]);
    const enumerated: string[] = [];
    for (const key in secret) enumerated.push(key);
    expect(enumerated).toEqual([]);
  });

  test("no copy holds the value: structured clone, message, v8 serialisation", () => {
    const { port1, port2 } = new MessageChannel();
    port1.postMessage({ secret });
    const received = receiveMessageOnPort(port2)?.message;
    port1.close();
    const raw = serialize({ secret, withCause });
    expect(leaksIn(raw.toString("latin1"))).toEqual([]);
    expect([structuredClone({ secret }), received]).toEqual([{ secret: {} }, { secret: {} }]);
    expect(leaksIn(inspect(deserialize(raw), { depth: null, showHidden: true }))).toEqual([]);
  });

  test.each<[string, () => void]>([
    ["deepStrictEqual", () => assert.deepStrictEqual({ secret }, { secret: "x" })],
    ["strictEqual", () => assert.strictEqual(secret, secretOf("other"))],
    ["equal", () => assert.equal(secret, "x")],
    ["match", () => assert.match(secret as unknown as string, /x/)],
    ["fail", () => assert.ok(!secret)],
    ["a test runner's toBe", () => expect(secret).toBe("x")],
    ["a test runner's toEqual", () => expect({ secret }).toEqual({ secret: "x" })],
    ["a test runner's toMatchObject", () => expect({ secret }).toMatchObject({ secret: { password: "x" } })],
  ])("a failed assertion shows nothing: %s", (_name, check) => {
    let thrown: unknown;
    try {
      check();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(Error);
    expect(leaksIn(inspect(thrown, { depth: null, showHidden: true }))).toEqual([]);
    expect(leaksIn(JSON.stringify(thrown, Object.getOwnPropertyNames(thrown)))).toEqual([]);
  });

  test("thrown, it shows nothing", async () => {
    const thrown = await Promise.reject(secret).catch((error: unknown) => error);
    expect(leaksIn(format(thrown) + inspect(new AggregateError([thrown], "x")))).toEqual([]);
  });
});
