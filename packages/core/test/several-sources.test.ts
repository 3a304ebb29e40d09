import { describe, expect, test } from "vitest";
import { createSecrets } from "../src/client/create-secrets.ts";
import type { SourceSettings } from "../src/client/secrets-options.ts";
import { virtualClock } from "../src/testing/virtual-clock.ts";
import { refusal, thrownBy } from "./outcomes.ts";
import { hangs, scriptedSource } from "./scripted-source.ts";

function twoSources() {
  return { aws: scriptedSource("from aws", { kind: "store" }), local: scriptedSource("from local", { kind: "store" }) };
}

describe("several sources", () => {
  test("the default is asked unless another is named", async () => {
    const sources = twoSources();
    const secrets = createSecrets({ sources, default: "aws" });
    expect((await secrets.getSecret("db")).reveal()).toBe("from aws");
    expect((await secrets.getSecret("db", { source: "local" })).reveal()).toBe("from local");
    expect((await secrets.getSecret("db", { source: "aws" })).reveal()).toBe("from aws");
    expect([sources.aws.calls.length, sources.local.calls.length]).toEqual([1, 1]);
  });

  test("without a default one must be named", async () => {
    const sources = twoSources();
    const secrets = createSecrets({ sources });
    const error = await refusal(secrets.getSecret("db"));
    expect(error.code).toBe("invalid-options");
    expect(error.advice).toBe(
      "No `source` is named, and the instance has no `default`: give it one, or each call a `source`: one of aws, local.",
    );
    expect((await secrets.getSecret("db", { source: "local" })).reveal()).toBe("from local");
    expect(sources.aws.calls).toEqual([]);
  });

  test("the only one is the default", async () => {
    const secrets = createSecrets({ sources: { only: scriptedSource("value") } });
    expect((await secrets.getSecret("db")).reveal()).toBe("value");
  });

  test.each(["azure", "", "toString", "__proto__", "AWS"])("there is no source %j", async (source) => {
    const secrets = createSecrets({ sources: twoSources(), default: "aws" });
    const error = await refusal(secrets.getSecret("db", { source, optional: true }));
    expect(error).toMatchObject({ code: "invalid-options" });
    expect(error.advice).toContain("aws, local");
  });

  test("errors call a source by the name that it has here", async () => {
    const secrets = createSecrets({ sources: { vault: scriptedSource({ failure: "not-found" }, { kind: "store" }) } });
    expect(await refusal(secrets.getSecret("db"))).toMatchObject({ code: "not-found", source: "vault" });
  });

  test("a single source is called by its kind", async () => {
    const secrets = createSecrets({ source: scriptedSource({ failure: "not-found" }, { kind: "store" }) });
    expect(await refusal(secrets.getSecret("db"))).toMatchObject({ source: "store" });
    expect(await refusal(secrets.getSecret("db", { source: "store" }))).toMatchObject({ code: "not-found" });
  });

  test("any plain name will do, also those that objects have of their own", async () => {
    const sources = {
      constructor: scriptedSource("a"),
      hasOwnProperty: scriptedSource("b"),
      "eu-west_1.x": scriptedSource("c"),
    };
    const perSource: Record<string, SourceSettings> = { "eu-west_1.x": { ttl: "1m" } };
    const secrets = createSecrets({ sources, default: "constructor", perSource });
    expect((await secrets.getSecret("db")).reveal()).toBe("a");
    expect((await secrets.getSecret("db", { source: "hasOwnProperty" })).reveal()).toBe("b");
    expect((await secrets.getSecret("db", { source: "eu-west_1.x" })).reveal()).toBe("c");
  });

  test("close() closes each once", async () => {
    const sources = twoSources();
    await createSecrets({ sources }).close();
    expect([sources.aws.closes, sources.local.closes]).toEqual([1, 1]);
  });
});

test("`perSource` gives one of them a ttl of its own", async () => {
  const clock = virtualClock();
  const sources = { slow: scriptedSource(["old", hangs], { clock }), quick: scriptedSource(["old", "new"], { clock }) };
  const secrets = createSecrets({ sources, clock, ttl: "10m", perSource: { quick: { ttl: "10s" } } });
  await secrets.getSecret("db", { source: "slow" });
  await secrets.getSecret("db", { source: "quick" });
  await clock.advance("10s");
  expect((await secrets.getSecret("db", { source: "quick" })).reveal()).toBe("new");
  await clock.advance(589_999);
  expect((await secrets.getSecret("db", { source: "slow" })).reveal()).toBe("old");
});

describe("a source belongs to one instance:", () => {
  test("a second one refuses it", () => {
    const source = scriptedSource("value");
    createSecrets({ source });
    const error = thrownBy(() => createSecrets({ source }));
    expect(error).toMatchObject({ code: "invalid-options", source: "scripted" });
    expect(error.advice).toContain("one source belongs to one instance");
  });

  test("also after the first was closed", async () => {
    const source = scriptedSource("value");
    await createSecrets({ source }).close();
    expect(thrownBy(() => createSecrets({ source })).code).toBe("invalid-options");
  });

  test("in two places of one instance it is refused", () => {
    const source = scriptedSource("value");
    const error = thrownBy(() => createSecrets({ sources: { a: source, b: source } }));
    expect(error.code).toBe("invalid-options");
    expect(error.advice).toContain("two places");
  });

  test("an instance that could not be made has not taken it", async () => {
    const source = scriptedSource("value");
    expect(thrownBy(() => createSecrets({ source, ttl: "5 minutes" as "5m" })).code).toBe("invalid-options");
    const secrets = createSecrets({ source });
    expect((await secrets.getSecret("db")).reveal()).toBe("value");
  });
});
