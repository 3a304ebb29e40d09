import { describe, expect, test } from "vitest";
import { SecretsError } from "../errors/secrets-error.ts";
import { decode } from "./decode.ts";
import type { Reading } from "./reading.ts";

const schema = { "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) } } as const;

function reading(part: Partial<Reading>): Reading {
  return { as: undefined, field: undefined, schema: undefined, ...part };
}

function codeOf(payload: string | Uint8Array, part: Partial<Reading>): string {
  try {
    decode(payload, reading(part));
  } catch (error) {
    if (error instanceof SecretsError) return error.code;
    throw error;
  }
  throw new Error("it was decoded");
}

const bytes = (...values: number[]) => Uint8Array.from(values);
const notText = bytes(0xff, 0xfe, 0x00);
const utf8 = (text: string) => new TextEncoder().encode(text);

describe("without options a payload is text", () => {
  test.each(["value", "", " value \n", '{"a":1}', "[1]", "null", "\ufeffvalue", "pässwörd 🔑"])("%j", (payload) => {
    expect(decode(payload, reading({}))).toBe(payload);
    expect(decode(utf8(payload), reading({}))).toBe(payload);
  });

  test("bytes that are no text are refused, never mended", () => {
    expect(codeOf(notText, {})).toBe("decode-failed");
    expect(codeOf(notText, { as: "text" })).toBe("decode-failed");
    expect(codeOf(notText, { schema })).toBe("decode-failed");
    expect(codeOf(notText, { field: "a" })).toBe("decode-failed");
  });
});

test("as text, JSON stays text, also for a schema", () => {
  expect(decode('{"a":1}', reading({ as: "text" }))).toBe('{"a":1}');
  expect(decode('{"a":1}', reading({ as: "text", schema }))).toBe('{"a":1}');
});

describe("as JSON", () => {
  test.each<[string, unknown]>([
    ['{"a":1}', { a: 1 }],
    ["[1,2]", [1, 2]],
    ['"text"', "text"],
    ["42", 42],
    ["null", null],
    [" false ", false],
  ])("%s", (payload, value) => {
    expect(decode(payload, reading({ as: "json" }))).toEqual(value);
    expect(decode(utf8(payload), reading({ as: "json", schema }))).toEqual(value);
  });

  test.each(["", "text", "{", "{'a':1}", "undefined", "NaN", "1,2"])("%j is refused", (payload) => {
    expect(codeOf(payload, { as: "json" })).toBe("decode-failed");
  });

  test("is frozen through and through", () => {
    const value = decode('{"a":{"b":[{"c":1}]}}', reading({ as: "json" })) as { a: { b: [{ c: number }] } };
    for (const node of [value, value.a, value.a.b, value.a.b[0]]) expect(Object.isFrozen(node)).toBe(true);
  });
});

test("JSON may be deep and broad", () => {
  const depth = 5000;
  expect(decode(`${"[".repeat(depth)}${"]".repeat(depth)}`, reading({ as: "json" }))).toBeDefined();
  const broad = decode(`[${Array(100_000).fill('{"a":1}').join(",")}]`, reading({ as: "json" })) as object[];
  expect(Object.isFrozen(broad.at(-1))).toBe(true);
});

test("a schema gets JSON of its own, to do with as it likes", () => {
  const one = decode('{"a":{}}', reading({ schema })) as { a: object };
  expect([Object.isFrozen(one), Object.isFrozen(one.a)]).toEqual([false, false]);
  expect(decode('{"a":{}}', reading({ schema }))).not.toBe(one);
});

describe("with a schema alone", () => {
  test.each<[string, unknown]>([
    ['{"a":1}', { a: 1 }],
    ["[1]", [1]],
    [' {"a":1}\n', { a: 1 }],
  ])("the JSON container %s is JSON", (payload, value) => {
    expect(decode(payload, reading({ schema }))).toEqual(value);
  });

  test.each(["value", "42", "true", "null", '"quoted"', "{not json", ""])("%j is text", (payload) => {
    expect(decode(payload, reading({ schema }))).toBe(payload);
  });
});

describe("as bytes", () => {
  test("bytes are a copy, text becomes UTF-8, for a schema too", () => {
    const copy = decode(notText, reading({ as: "bytes" }));
    expect(copy).toEqual(notText);
    expect(copy).not.toBe(notText);
    expect(decode("ä", reading({ as: "bytes" }))).toEqual(bytes(0xc3, 0xa4));
    expect(decode("ä", reading({ as: "bytes", schema }))).toEqual(bytes(0xc3, 0xa4));
  });

  test("a pooled buffer gives its own bytes alone", () => {
    const value = decode(Buffer.from("--key--").subarray(2, 5), reading({ as: "bytes" })) as Uint8Array;
    expect(value).toEqual(bytes(0x6b, 0x65, 0x79));
    expect(value.buffer.byteLength).toBe(3);
    expect(Buffer.isBuffer(value)).toBe(false);
  });
});

describe("a field", () => {
  const payload = '{"user":"app","port":5432,"none":null,"a.b":"dotted","":"empty","deep":{"user":"inner"}}';

  test.each([
    ["user", "app"],
    ["a.b", "dotted"],
    ["", "empty"],
  ])("%j is a literal key", (field, value) => {
    expect(decode(payload, reading({ field }))).toBe(value);
  });

  test.each(["User", "deep.user", "$.user", "/user", "password"])("%j is not there", (field) => {
    expect(codeOf(payload, { field })).toBe("field-not-found");
  });

  test.each(["toString", "constructor", "hasOwnProperty", "__proto__"])("%s is not inherited", (field) => {
    expect(codeOf(payload, { field })).toBe("field-not-found");
    expect(codeOf(payload, { field, as: "json" })).toBe("field-not-found");
  });

  test("called __proto__ is read where the payload has it", () => {
    expect(decode('{"__proto__":"value"}', reading({ field: "__proto__" }))).toBe("value");
  });

  test("that is not text needs `as: json` or a schema", () => {
    for (const field of ["port", "none", "deep"]) expect(codeOf(payload, { field })).toBe("decode-failed");
    expect(decode(payload, reading({ field: "port", as: "json" }))).toBe(5432);
    expect(decode(payload, reading({ field: "none", as: "json" }))).toBe(null);
    expect(decode(payload, reading({ field: "port", schema }))).toBe(5432);
    expect(decode(payload, reading({ field: "deep", schema }))).toEqual({ user: "inner" });
  });

  test("that holds JSON text is text", () => {
    expect(decode('{"a":"{\\"b\\":1}"}', reading({ field: "a", schema }))).toBe('{"b":1}');
  });

  test.each(["plain", "42", "null", '"user"', '["user"]', "", "{broken"])("is not in %j", (whole) => {
    expect(codeOf(whole, { field: "user" })).toBe("field-not-found");
  });

  test.each(["0", "length"])("%j of a list is none", (field) => {
    expect(codeOf('["a"]', { field })).toBe("field-not-found");
  });

  test("of broken JSON is a decoding failure where JSON was asked for", () => {
    expect(codeOf("{broken", { field: "user", as: "json" })).toBe("decode-failed");
  });
});

test.each<[string | Uint8Array, Partial<Reading>]>([
  ["{hunter2", { as: "json" }],
  ["hunter2", { field: "user" }],
  ['{"a":"hunter2"}', { field: "user" }],
  ['{"a":["hunter2"]}', { field: "a" }],
  [Buffer.concat([Buffer.from("hunter2"), Buffer.from([0xff])]), {}],
])("no error repeats the payload %#", (payload, part) => {
  try {
    decode(payload, reading(part));
  } catch (error) {
    expect(String((error as Error).stack)).not.toContain("hunter2");
    expect(JSON.stringify(error)).not.toContain("hunter2");
    expect((error as Error).cause).toBeUndefined();
    return;
  }
  throw new Error("it was decoded");
});
