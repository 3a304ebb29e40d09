import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { configureSecrets, getSecret } from "../src/index.ts";
import { forgetDefault } from "./forget-default.ts";
import { refusal, thrownBy } from "./outcomes.ts";
import { hangs, rejects, scriptedSource } from "./scripted-source.ts";

beforeEach(() => {
  forgetDefault();
  vi.stubEnv("SECRETSOURCE", undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  forgetDefault();
});

describe("configureSecrets", () => {
  test("makes the instance that getSecret uses", async () => {
    const source = scriptedSource("value");
    const secrets = configureSecrets({ source });
    expect((await getSecret("db")).reveal()).toBe("value");
    expect((await secrets.getSecret("db")).reveal()).toBe("value");
    expect(source.calls).toHaveLength(1);
  });

  test("twice throws, and the first one stays", async () => {
    configureSecrets({ source: scriptedSource("first") });
    const second = scriptedSource("second");
    for (const replace of [undefined, false]) {
      const error = thrownBy(() => configureSecrets({ source: second, replace }));
      expect(error.code).toBe("invalid-options");
      expect(error.advice).toContain("call it once, or pass `replace: true`");
    }
    expect((await getSecret("db")).reveal()).toBe("first");
    expect(second.calls).toEqual([]);
  });

  test("with `replace` takes the place of the first one and closes it", async () => {
    const first = scriptedSource("first");
    const old = configureSecrets({ source: first });
    await getSecret("db");
    configureSecrets({ source: scriptedSource("second"), replace: true });
    expect((await getSecret("db")).reveal()).toBe("second");
    await vi.waitFor(() => expect(first.closes).toBe(1));
    expect(await refusal(old.getSecret("db"))).toMatchObject({ code: "closed" });
  });

  test("with `replace` ends what is under way in the first one", async () => {
    configureSecrets({ source: scriptedSource(hangs) });
    const read = refusal(getSecret("db"));
    configureSecrets({ source: scriptedSource("second"), replace: true });
    expect(await read).toMatchObject({ code: "closed" });
  });

  test("with `replace` is not troubled by one that cannot be closed", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    configureSecrets({ source: scriptedSource("first", { close: rejects(new Error("hunter2")) }) });
    configureSecrets({ source: scriptedSource("second"), replace: true });
    expect((await getSecret("db")).reveal()).toBe("second");
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test("with `replace` and bad options leaves the first one alone", async () => {
    const first = scriptedSource("first");
    configureSecrets({ source: first });
    expect(thrownBy(() => configureSecrets({ source: null as never, replace: true })).code).toBe("invalid-options");
    expect((await getSecret("db")).reveal()).toBe("first");
    expect(first.closes).toBe(0);
  });

  test("with `replace` may be the first call", async () => {
    configureSecrets({ source: scriptedSource("value"), replace: true });
    expect((await getSecret("db")).reveal()).toBe("value");
  });

  test("with bad options configures nothing, so that it can be called again", async () => {
    expect(thrownBy(() => configureSecrets({ from: undefined })).code).toBe("not-configured");
    configureSecrets({ source: scriptedSource("value") });
    expect((await getSecret("db")).reveal()).toBe("value");
  });

  test.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a list", []],
    ["`replace` that is text", { from: "env:", replace: "yes" }],
    ["`replace` that is a number", { from: "env:", replace: 1 }],
    [
      "a getter that throws",
      {
        get source() {
          throw new Error("hunter2");
        },
      },
    ],
    [
      "a getter of `replace` that throws",
      {
        get replace() {
          throw new Error("hunter2");
        },
      },
    ],
  ])("refuses %s", (_what, options) => {
    const error = thrownBy(() => configureSecrets(options as never));
    expect(error.code).toBe("invalid-options");
    expect(error.stack).not.toContain("hunter2");
  });

  test("a closed default says `closed`", async () => {
    await configureSecrets({ source: scriptedSource("value") }).close();
    expect(await refusal(getSecret("db"))).toMatchObject({ code: "closed" });
  });
});

describe("getSecret without configureSecrets", () => {
  test.each([undefined, ""])("and SECRETSOURCE %j says what to do", async (uri) => {
    vi.stubEnv("SECRETSOURCE", uri);
    const error = await refusal(getSecret("db", { optional: true }));
    expect(error).toMatchObject({ code: "not-configured", retryable: false });
    expect(error.message).toBe(
      "No secret source is configured. Call configureSecrets({ source }) at start-up, or set the environment variable " +
        "SECRETSOURCE to a source's URI, such as `env:` or `file:./secrets`.",
    );
  });

  test("reads from the environment where SECRETSOURCE says so", async () => {
    vi.stubEnv("SECRETSOURCE", "env:?prefix=APP_");
    vi.stubEnv("APP_DB_PASSWORD", "value");
    expect((await getSecret("db/password")).reveal()).toBe("value");
  });

  test("reads from a folder where SECRETSOURCE says so", async () => {
    const folder = mkdtempSync(join(tmpdir(), "secretsource-"));
    writeFileSync(join(folder, "db-password"), "value\n");
    vi.stubEnv("SECRETSOURCE", `file:${folder}`);
    expect((await getSecret("db-password")).reveal()).toBe("value");
    rmSync(folder, { recursive: true });
  });

  test("configures once: all callers share one instance, later changes of SECRETSOURCE change nothing", async () => {
    vi.stubEnv("SECRETSOURCE", "env:");
    vi.stubEnv("SHARED", "value");
    await getSecret("shared");
    vi.stubEnv("SECRETSOURCE", "nonsense");
    expect((await getSecret("shared")).reveal()).toBe("value");
  });

  test("tries again after a failure: SECRETSOURCE may come later", async () => {
    await refusal(getSecret("late"));
    vi.stubEnv("SECRETSOURCE", "env:");
    vi.stubEnv("LATE", "value");
    expect((await getSecret("late")).reveal()).toBe("value");
  });

  test("and configureSecrets too late is an error that says so", async () => {
    vi.stubEnv("SECRETSOURCE", "env:");
    vi.stubEnv("EARLY", "value");
    await getSecret("early");
    const error = thrownBy(() => configureSecrets({ source: scriptedSource("value") }));
    expect(error.code).toBe("invalid-options");
    expect(error.advice).toContain("call configureSecrets() before the first getSecret()");
    configureSecrets({ source: scriptedSource("replaced"), replace: true });
    expect((await getSecret("early")).reveal()).toBe("replaced");
  });
});
