import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { forgetDefault } from "../../test/forget-default.ts";
import { refusal } from "../../test/outcomes.ts";
import { memorySource } from "../built-in/memory-source.ts";
import { getSecret } from "../client/get-secret.ts";
import { configureSecrets } from "../client/process-default.ts";
import { loadConfig, secret } from "../config/index.ts";
import type { TestSecrets } from "./test-secrets.ts";
import { withTestSecrets } from "./with-test-secrets.ts";

beforeEach(forgetDefault);
afterEach(() => {
  vi.unstubAllEnvs();
  forgetDefault();
});

const slot = Symbol.for("secretsource.default");
const slotProperty = () => Object.getOwnPropertyDescriptor(globalThis, slot);
const revealed = async (name: string) => (await getSecret(name)).reveal();

test("inside, getSecret and loadConfig read from the mock", async () => {
  const outcome = await withTestSecrets({ stripe: "mocked" }, async ({ source, clock }) => {
    expect(await revealed("stripe")).toBe("mocked");
    const config = await loadConfig({ stripe: secret("stripe") }, { clock });
    expect(config.stripe.reveal()).toBe("mocked");
    expect(source.calls).toHaveLength(1);
    return 7;
  });
  expect(outcome).toBe(7);
});

describe("outside, nothing has changed", () => {
  test("where nothing was configured", async () => {
    await withTestSecrets({ db: "mocked" }, async () => {
      expect(await revealed("db")).toBe("mocked");
    });
    expect(slotProperty()).toBeUndefined();
    expect((await refusal(getSecret("db"))).code).toBe("not-configured");
  });

  test("where something was: before, meanwhile and afterwards", async () => {
    configureSecrets({ source: memorySource({ db: "real" }) });
    const before = slotProperty();
    const inside = Promise.withResolvers<void>();
    const run = withTestSecrets({ db: "mocked" }, async () => {
      await inside.promise;
      return revealed("db");
    });
    expect(await revealed("db")).toBe("real");
    inside.resolve();
    expect(await run).toBe("mocked");
    expect(await revealed("db")).toBe("real");
    expect(slotProperty()).toEqual(before);
  });

  test("where it is configured meanwhile, also by SECRETSOURCE", async () => {
    const inside = Promise.withResolvers<void>();
    const run = withTestSecrets({ db: "mocked" }, async () => {
      await inside.promise;
      return revealed("db");
    });
    vi.stubEnv("SECRETSOURCE", "env:");
    vi.stubEnv("DB", "implicit");
    expect(await revealed("db")).toBe("implicit");
    configureSecrets({ source: memorySource({ db: "real" }), replace: true });
    inside.resolve();
    expect(await run).toBe("mocked");
    expect(await revealed("db")).toBe("real");
  });

  test("where it throws, at once or later", async () => {
    configureSecrets({ source: memorySource({ db: "real" }) });
    const before = slotProperty();
    const error = new Error("on purpose");
    const throws = (): never => {
      throw error;
    };
    await expect(withTestSecrets({}, throws)).rejects.toBe(error);
    await expect(withTestSecrets({}, async () => throws())).rejects.toBe(error);
    expect(slotProperty()).toEqual(before);
  });
});

describe("several at the same time do not see each other", () => {
  test("however they end", async () => {
    const names = ["first", "second", "third", "fourth"];
    const runs = names.map((name, index) =>
      withTestSecrets({ db: name }, async () => {
        const seen: string[] = [];
        for (let turn = 0; turn <= names.length - index; turn += 1) {
          seen.push(await revealed("db"));
          await pause(1);
        }
        return seen;
      }),
    );
    for (const [index, seen] of (await Promise.all(runs)).entries()) {
      expect(new Set(seen)).toEqual(new Set([names[index]]));
    }
    expect(slotProperty()).toBeUndefined();
  });

  test("one inside of another", async () => {
    await withTestSecrets({ db: "outer" }, async () => {
      await withTestSecrets({ db: "inner" }, async () => expect(await revealed("db")).toBe("inner"));
      expect(await revealed("db")).toBe("outer");
    });
  });
});

test("what is started inside sees it, also from a timer", async () => {
  await withTestSecrets({ db: "mocked" }, async ({ clock }) => {
    const seen: string[] = [];
    clock.setTimer(() => void revealed("db").then((value) => seen.push(value)), 1000);
    setTimeout(() => void revealed("db").then((value) => seen.push(value)), 1);
    await clock.advance("1s");
    await pause(10);
    expect(seen).toEqual(["mocked", "mocked"]);
  });
});

describe("configureSecrets inside", () => {
  test("is a second time", async () => {
    await withTestSecrets({}, () => {
      expect(() => configureSecrets({ source: memorySource() })).toThrow("was called before");
    });
  });

  test("with replace: true holds to the end, and is closed then", async () => {
    const closed = vi.fn();
    const own = { ...memorySource({ db: "configured" }), close: async () => closed() };
    await withTestSecrets({ db: "mocked" }, async ({ source }) => {
      configureSecrets({ source: own, replace: true });
      expect(await revealed("db")).toBe("configured");
      source.assertNoCalls();
      expect(closed).not.toHaveBeenCalled();
    });
    expect(closed).toHaveBeenCalledOnce();
    expect(slotProperty()).toBeUndefined();
  });
});

describe("at the end it is closed", () => {
  test("and a timer that is left is an error", async () => {
    let after: TestSecrets | undefined;
    await withTestSecrets({}, (test) => {
      after = test;
    });
    expect(after?.source.closed).toBe(true);
    const leaving = withTestSecrets({}, ({ clock }) => void clock.setTimer(() => {}, 1000));
    await expect(leaving).rejects.toThrow("1 timer is still pending");
  });

  test("but the error of the test itself is what counts", async () => {
    const failing = withTestSecrets({}, ({ clock }) => {
      clock.setTimer(() => {}, 1000);
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
  });
});

test("options stand before the test", async () => {
  await withTestSecrets({ db: "one" }, { ttl: "1m", sources: { other: { db: "two" } } }, async ({ clock, source }) => {
    await revealed("db");
    source.rotate("db", "three");
    await clock.advance("1m");
    expect(await revealed("db")).toBe("three");
    expect((await getSecret("db", { source: "other" })).reveal()).toBe("two");
  });
});

test("another copy of the package shares it", async () => {
  vi.resetModules();
  const second = (await import("./index.ts")) as typeof import("./index.ts");
  expect(second.withTestSecrets).not.toBe(withTestSecrets);
  const first = withTestSecrets({ db: "first" }, async () => {
    await pause(2);
    return revealed("db");
  });
  const other = second.withTestSecrets({ db: "second" }, async () => {
    await pause(4);
    return revealed("db");
  });
  expect(await Promise.all([first, other])).toEqual(["first", "second"]);
  expect(slotProperty()).toBeUndefined();
});
