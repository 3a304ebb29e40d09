import { describe, expect, test } from "vitest";
import { reduceNative } from "./native-error.ts";

const canary = "canary 7c1e: hunter2";

describe("reduceNative keeps identifiers", () => {
  test.each([
    [{ name: "AccessDeniedException", status: 400, requestId: "3c2f7f0e-5a1b-4d7e-9d2c-0b1a2c3d4e5f" }],
    [{ name: "com.example#ResourceNotFound", code: "ERR_TLS_CERT_ALTNAME_INVALID" }],
    [{ code: "5", status: 0 }],
    [{ code: "ECONNREFUSED" }],
    [{ requestId: "Root=1-63441c4a/abc+def=" }],
  ])("%j", (native) => {
    expect(reduceNative(native)).toEqual(native);
  });

  test("of a native error object, and nothing else of it", () => {
    const native = Object.assign(new TypeError(canary), {
      code: "EX",
      status: 503,
      requestId: "r-1",
      response: { body: canary },
      [Symbol("extra")]: canary,
    });
    expect(reduceNative(native)).toEqual({ name: "TypeError", code: "EX", status: 503, requestId: "r-1" });
  });
});

describe("reduceNative drops", () => {
  test.each([
    ["sentences", { name: canary, code: canary, requestId: canary }],
    ["JSON", { name: `{"a":1}`, code: `{"a":1}`, requestId: `["a"]` }],
    ["line ends", { name: "Name\n", code: "CODE\n", requestId: "id\n" }],
    ["empty texts", { name: "", code: "", requestId: "" }],
    ["numbers in front of a name", { name: "1Name" }],
    ["huge texts", { name: "N".repeat(1e7), code: "c".repeat(101), requestId: "r".repeat(129) }],
    ["numbers that are no status", { status: 1.5 }],
    ["a status that is too large to be one", { status: 123_456 }],
    ["a negative status", { status: -1 }],
    ["NaN", { status: Number.NaN }],
    ["other types", { name: 5, code: 5, status: "404", requestId: ["id"] }],
    ["an empty object", {}],
  ])("%s", (_, native) => {
    expect(reduceNative(native)).toBeUndefined();
  });

  test.each([undefined, null, "text", 5, true, () => {}])("what is no object: %s", (native) => {
    expect(reduceNative(native)).toBeUndefined();
  });
});

describe("reduceNative survives", () => {
  test("getters that throw, and keeps the rest", () => {
    const native = {
      get name(): never {
        throw new Error(canary);
      },
      get code(): never {
        throw canary;
      },
      status: 500,
    };
    expect(reduceNative(native)).toEqual({ status: 500 });
  });

  test("getters that change their mind: each is read once", () => {
    let reads = 0;
    const native = {
      get code() {
        reads += 1;
        return reads === 1 ? "FIRST" : canary;
      },
    };
    expect(reduceNative(native)).toEqual({ code: "FIRST" });
    expect(reads).toBe(1);
  });

  test("proxies that throw at every touch, and revoked ones", () => {
    const fails = () => {
      throw new Error(canary);
    };
    const hostile = new Proxy({}, { get: fails, has: fails, ownKeys: fails, getPrototypeOf: fails });
    expect(reduceNative(hostile)).toBeUndefined();
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(reduceNative(proxy)).toBeUndefined();
  });
});
