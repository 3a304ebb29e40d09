import { mkdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { afterEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { configureSecrets, createSecrets, envSource, fallback, fileSource, getSecret } from "../src/index.ts";
import type { SecretSource } from "../src/source/index.ts";
import { forgetDefault } from "./forget-default.ts";
import { refusal, thrownBy, within } from "./outcomes.ts";
import { schemaThat } from "./schema-that.ts";
import { scriptedInstance } from "./scripted-instance.ts";
import { answers, hangs, scriptedSource } from "./scripted-source.ts";
import { tempFolder } from "./temp-folder.ts";
import { withoutPrivileges } from "./without-privileges.ts";

// Each test says the whole message, or all of it that says what to do: somebody reads it at three in the morning.

afterEach(() => {
  vi.unstubAllEnvs();
  forgetDefault();
});

async function message(read: Promise<unknown>): Promise<string> {
  return (await refusal(read)).message;
}

async function ofFile(source: SecretSource, name: string): Promise<unknown> {
  await using secrets = createSecrets({ source });
  return await secrets.getSecret(name, { as: "text" });
}

describe("no source:", () => {
  test.each(["", undefined])("SECRETSOURCE is %j", async (uri) => {
    vi.stubEnv("SECRETSOURCE", uri);
    expect(await message(getSecret("db"))).toBe(
      "No secret source is configured. Call configureSecrets({ source }) at start-up, or set the environment variable " +
        "SECRETSOURCE to a source's URI, such as `env:` or `file:./secrets`.",
    );
  });

  test.each<[string, string, string]>([
    ["an unknown scheme", "vault:", 'The scheme "vault" is not known here; known: env:, file:. For another store pass'],
    ["a typing error in the scheme", "fiel:./secrets", 'The scheme "fiel" is not known here; known: env:, file:.'],
    ["a typing error in a parameter", "env:?prefx=APP_", "is not known; known: prefix."],
    ["a slash too many", "file://secrets", "names a host: write `file:/path`, `file:///path` or `file:./path`."],
  ])("%s", (_what, from, advice) => {
    expect(thrownBy(() => createSecrets({ from })).message).toContain(advice);
  });

  test.each<[string, () => unknown, string]>([
    ["a path in the place of options", () => fileSource("./secrets" as never), 'needs `{ directory: "./secrets" }`'],
    ["no options at all", () => fileSource(undefined as never), 'or `{ file: "./secrets.json" }`.'],
    ["options of neither way", () => fileSource({} as never), 'needs `{ directory: "./secrets" }`'],
    ["a source in the place of options", () => createSecrets(envSource() as never), "pass it as `{ source }`."],
    ["a source as the default", () => configureSecrets(envSource() as never), "pass it as `{ source }`."],
    ["a fallback in the place of options", () => createSecrets(fallback([envSource()]) as never), "`{ source }`."],
    [
      "sources side by side",
      () => fallback(envSource() as never, envSource() as never),
      "a list of one source or more: `fallback([first, second])`.",
    ],
  ])("%s", (_what, run, advice) => {
    expect(thrownBy(run).message).toContain(advice);
  });
});

test.each([
  ["an empty name", "", "must not be empty: check the variable or template that it came from."],
  ["an over-long name", "n".repeat(2049), "at most 2048 characters; this one has 2049: check the variable or template"],
  ["a name with a NUL", "db\0", "must not hold control characters: check it for a stray line end."],
  ["a name with a line end", "db\n", "must not hold control characters: check it for a stray line end."],
])("%s", async (_what, name, advice) => {
  const { secrets, source } = scriptedInstance("value");
  expect(await message(secrets.getSecret(name))).toContain(advice);
  expect(source.calls).toEqual([]);
});

describe("a directory", () => {
  test("that is missing", async () => {
    const source = fileSource({ directory: join(tempFolder(), "secrets") });
    expect(await message(ofFile(source, "db"))).toMatch(
      /The folder ".*secrets" does not exist: create it, mount the volume, or correct the path\.$/,
    );
  });

  test("that is unreadable", async () => {
    const directory = tempFolder({ "secrets/db": "hunter2" });
    mkdirSync(join(directory, "locked"), { mode: 0o000 });
    const source = fileSource({ directory: join(directory, "locked") });
    expect(await withoutPrivileges(() => message(ofFile(source, "db")))).toMatch(
      /Let the process's user read the file \(r\) and enter every folder above it \(x\)\.$/,
    );
  });

  test("that is a file", async () => {
    const source = fileSource({ directory: join(tempFolder({ secrets: "hunter2" }), "secrets") });
    expect(await message(ofFile(source, "db"))).toMatch(
      /"[^"]*secrets" is not a folder: give a file by `file`, not by `directory`\.$/,
    );
  });

  test("without the secret", async () => {
    const source = fileSource({ directory: tempFolder() });
    expect(await message(ofFile(source, "db"))).toMatch(
      /There is no file ".*db": create it, or correct the secret's name\.$/,
    );
  });
});

describe("a file", () => {
  test("of 100 MiB", async () => {
    const directory = tempFolder({ db: "" });
    truncateSync(join(directory, "db"), 100 * 1024 * 1024);
    expect(await message(ofFile(fileSource({ directory }), "db"))).toMatch(
      /is larger than 1048576 bytes, the most that is read: check that it is a secret; fileSource takes `maxBytes`\.$/,
    );
  });

  test("of invalid UTF-8, where text is wanted", async () => {
    const directory = tempFolder({ db: Uint8Array.from([0xff, 0xfe]), "all.json": Uint8Array.from([0x7b, 0xff]) });
    expect(await message(ofFile(fileSource({ directory }), "db"))).toMatch(
      /The payload is not UTF-8 text: read it with `as: "bytes"`\.$/,
    );
    expect(await message(ofFile(fileSource({ file: join(directory, "all.json") }), "db"))).toMatch(
      /is not UTF-8 text: save it as UTF-8\.$/,
    );
  });

  test("of broken JSON", async () => {
    const file = join(tempFolder({ "all.json": '{\n  "db": hunter2\n}' }), "all.json");
    expect(await message(ofFile(fileSource({ file }), "db"))).toMatch(
      /all\.json" cannot be read as json: line 2, column 9: this is not JSON\. Correct it there\.$/,
    );
    const { secrets } = scriptedInstance("{hunter2");
    expect(await message(secrets.getSecret("db", { as: "json" }))).toMatch(
      /The payload is not JSON: correct it in the store, or leave `as: "json"` away\.$/,
    );
    expect(await message(secrets.getSecret("db", { field: "user" }))).toMatch(
      /so it has no field "user": leave `field` away, or store an object\.$/,
    );
  });

  test("of dotenv with an unclosed quote", async () => {
    const file = join(tempFolder({ ".env": 'A=1\nDB="hunter2\n' }), ".env");
    expect(await message(ofFile(fileSource({ file }), "DB"))).toMatch(
      /cannot be read as dotenv: line 2: a quote is opened and never closed\. Correct it there\.$/,
    );
  });
});

describe("a schema", () => {
  async function refusedBy(schema: StandardSchemaV1): Promise<string> {
    const { secrets, clock } = scriptedInstance("hunter2");
    return message(within(clock, "10s", secrets.getSecret("db", { schema })));
  }

  test("that rejects the kind of value", async () => {
    expect(await refusedBy(z.object({ user: z.string() }))).toMatch(
      /The schema refused it: the value \(a string\) is not valid \[invalid_type\]\. The schema was given text, since the payload is no JSON object\.$/,
    );
  });

  test("that rejects the value for its length says nothing of its kind", async () => {
    expect(await refusedBy(z.string().min(20))).toMatch(/the value \(a string\) is not valid \[too_small\]\.$/);
  });

  test("that throws", async () => {
    const schema = schemaThat(() => {
      throw new Error("hunter2");
    });
    expect(await refusedBy(schema)).toMatch(
      /The schema threw instead of answering\. Let it report an issue; what it threw is not shown, since it may hold the value\.$/,
    );
  });

  test("that is asynchronous and hangs", async () => {
    expect(await refusedBy(schemaThat(hangs))).toMatch(/did not finish within 10 s: look at what it waits for\.$/);
  });
});

test("a getter that throws in options", async () => {
  const options = {
    get field(): string {
      throw new Error("hunter2");
    },
  };
  const { secrets } = scriptedInstance("value");
  expect(await message(secrets.getSecret("db", options))).toBe(
    "The options are not valid. getSecret's options must be a plain object that can be read: no list, no instance of a " +
      "class, no getter that throws.",
  );
});

describe("close()", () => {
  test("twice is as once", async () => {
    const { secrets, source } = scriptedInstance("value");
    await secrets.close();
    await secrets.close();
    expect(source.closes).toBe(1);
  });

  test("and a read afterwards", async () => {
    const { secrets } = scriptedInstance("value");
    await secrets.close();
    expect(await message(secrets.getSecret("db"))).toBe(
      "This instance is closed. Close it after the last reader has ended; createSecrets(), or configureSecrets() with " +
        "`replace: true`, makes another.",
    );
  });
});

describe("a source", () => {
  const author = "Update the source's package, or tell its author.";

  test("of a later specVersion", () => {
    const source = { ...scriptedSource("value"), specVersion: 2 } as unknown as SecretSource;
    expect(thrownBy(() => createSecrets({ source })).message).toMatch(
      /This release knows version 1 of the source contract: update @secretsource\/core, or use an older release of the source's package\.$/,
    );
  });

  test.each<[string, unknown, string]>([
    ["the wrong shape", { SecretString: "hunter2" }, "`payload` is neither a string nor a Uint8Array"],
    ["nothing", undefined, "it is no object"],
  ])("that answers %s", async (_what, answer, reason) => {
    const { secrets } = scriptedInstance(answers(answer));
    const said = await message(secrets.getSecret("db"));
    expect(said).toContain(`does not fit the source contract: ${reason}. ${author}`);
    expect(said).not.toContain("hunter2");
  });

  test("that never answers", async () => {
    const { secrets, clock } = scriptedInstance(hangs);
    expect(await message(within(clock, "10s", secrets.getSecret("db")))).toMatch(
      /Check that the store is up, and that this machine reaches it \(network, proxy, firewall\)\.$/,
    );
  });

  test("that throws what it cannot name", async () => {
    const { secrets } = scriptedInstance(() => Promise.reject(new Error("hunter2")));
    expect(await message(secrets.getSecret("db"))).toContain(author);
  });
});
