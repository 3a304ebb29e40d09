import { describe, expect, test } from "vitest";
import { createSecrets } from "../src/client/create-secrets.ts";
import type { SecretSource } from "../src/source/index.ts";
import { refusal, thrownBy, within } from "./outcomes.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { answers, rejects, scriptedSource, throws } from "./scripted-source.ts";

describe("a source that answers", () => {
  test.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /no object/],
    ["null", null, /no object/],
    ["the bare value", "hunter2", /no object/],
    ["the store's own object", { SecretString: "hunter2" }, /`payload`/],
    ["an object for a payload", { payload: { password: "hunter2" } }, /`payload`/],
    ["a version that is a number", { payload: "hunter2", version: 7 }, /`version`/],
    ["an unknown code", { failure: "hunter2" }, /`failure`/],
    ["a list of records", [{ payload: "hunter2" }], /`payload`/],
  ])("%s, fails with `unknown` and the reason, and never with a value", async (_what, answer, reason) => {
    const { secrets, clock } = scriptedInstance(answers(answer));
    const error = await refusal(within(clock, "10s", secrets.getSecret("db", { optional: true })));
    expect(error).toMatchObject({ code: "unknown", source: "scripted", secretName: "db" });
    expect(error.advice).toMatch(reason);
    expect(error.advice).toContain("does not fit the source contract");
    expect(error.stack).not.toContain("hunter2");
  });

  test("without a promise is understood", async () => {
    const { secrets } = scriptedInstance(() => ({ payload: "value" }));
    expect((await secrets.getSecret("db")).reveal()).toBe("value");
  });

  test("with a later change of its own record does not reach those who read before", async () => {
    const record = { payload: "value", version: "1", metadata: { owner: "a" } };
    const { secrets } = scriptedInstance(answers(record));
    const secret = await secrets.getSecret("db");
    Object.assign(record, { payload: "other", version: "2" });
    record.metadata.owner = "b";
    expect([secret.reveal(), secret.version, secret.metadata]).toEqual(["value", "1", { owner: "a" }]);
    expect((await secrets.getSecret("db")).reveal()).toBe("value");
  });
});

describe.each([
  ["rejects", rejects],
  ["throws at once", throws],
])("a source that %s", (_what, fails) => {
  const error = Object.assign(new Error("password hunter2 was refused"), { response: { body: "hunter2" } });

  test("is `unknown`, never `not-found`, where its classify does not know", async () => {
    const { secrets, source } = scriptedInstance(fails(error));
    const refused = await refusal(secrets.getSecret("db", { optional: true }));
    expect(refused).toMatchObject({ code: "unknown", attempts: 1 });
    expect(refused.cause).toBeUndefined();
    expect(refused.stack).not.toContain("hunter2");
    expect(source.escaped).toEqual([error]);
  });

  test("is what its classify says", async () => {
    const { secrets } = scriptedInstance(fails(error), {
      classify: () => ({ failure: "access-denied", native: { name: "AccessDenied" }, advice: "Grant it." }),
    });
    const refused = await refusal(secrets.getSecret("db"));
    expect(refused).toMatchObject({ code: "access-denied", advice: "Grant it.", cause: { name: "AccessDenied" } });
  });
});

describe("what is no source is refused when the instance is made:", () => {
  const good = scriptedSource("value");
  test.each<[string, unknown, string]>([
    ["undefined among several", { sources: { a: undefined } }, "invalid-options"],
    ["null", { source: null }, "invalid-options"],
    ["text", { source: "env:" }, "invalid-options"],
    ["a factory that was not called", { source: scriptedSource }, "invalid-options"],
    ["an empty object", { source: {} }, "invalid-options"],
    ["no kind", { source: { ...good, kind: "" } }, "invalid-options"],
    ["no read", { source: { ...good, read: undefined } }, "invalid-options"],
    ["no classify", { source: { ...good, classify: "unknown" } }, "invalid-options"],
    ["no traits", { source: { ...good, traits: undefined } }, "invalid-options"],
    ["traits without `current`", { source: { ...good, traits: { stages: ["pending"] } } }, "invalid-options"],
    ["a batch without a limit", { source: { ...good, batch: { read: good.read } } }, "invalid-options"],
    ["a batch of none", { source: { ...good, batch: { limit: 0, read: good.read } } }, "invalid-options"],
    ["a batch that does not read", { source: { ...good, batch: { limit: 5 } } }, "invalid-options"],
    ["a probe that is no function", { source: { ...good, probe: true } }, "invalid-options"],
    ["leases without renew", { source: { ...good, leases: {} } }, "invalid-options"],
    ["a load that is no function", { source: { ...good, load: true } }, "invalid-options"],
    ["a close that is no function", { source: { ...good, close: true } }, "invalid-options"],
    ["a later contract", { source: { ...good, specVersion: 2 } }, "unsupported-spec"],
    ["a later contract of another shape", { source: { specVersion: 3, batch: null } }, "unsupported-spec"],
    ["a contract that is text", { source: { ...good, specVersion: "1" } }, "unsupported-spec"],
  ])("%s", (_what, options, code) => {
    const error = thrownBy(() => createSecrets(options as { source: SecretSource }));
    expect(error.code).toBe(code);
    expect(error.advice).toMatch(/source|contract/);
  });

  test("a later contract says what to update", () => {
    const source = { ...good, specVersion: 2 } as unknown as SecretSource;
    const error = thrownBy(() => createSecrets({ sources: { vault: source } }));
    expect(error).toMatchObject({ code: "unsupported-spec", source: "vault" });
    expect(error.advice).toContain("update @secretsource/core");
  });

  test("a source whose properties cannot be read", () => {
    const source = new Proxy({} as SecretSource, { get: throws(new Error("hunter2")) });
    const error = thrownBy(() => createSecrets({ source }));
    expect(error.code).toBe("invalid-options");
    expect(error.stack).not.toContain("hunter2");
  });
});

test("a source may be an instance of a class", async () => {
  class Store {
    readonly specVersion = 1;
    readonly kind = "store";
    readonly traits = { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false } as const;
    readonly #value = "value";
    async read() {
      return { payload: this.#value };
    }
    classify() {
      return undefined;
    }
  }
  const secrets = createSecrets({ source: new Store() });
  expect((await secrets.getSecret("db")).reveal()).toBe("value");
});
