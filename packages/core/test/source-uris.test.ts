import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createSecrets, getSecret, isSecretsError, SecretsError } from "../src/index.ts";
import type { SourceScheme } from "../src/source/index.ts";
import { forgetDefault } from "./forget-default.ts";
import { refusal, thrownBy } from "./outcomes.ts";
import { scriptedSource } from "./scripted-source.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  forgetDefault();
});

function storeScheme(
  fromUri: SourceScheme["fromUri"] = () => scriptedSource("value", { kind: "store" }),
): SourceScheme {
  return { scheme: "my-store2", fromUri };
}

describe("a URI with", () => {
  test.each<[string, string, string]>([
    ["an unknown scheme", "vault-kv:secret", 'The scheme "vault-kv" is not known here; known: env:, file:.'],
    ["a scheme that was not passed", "aws-secrets-manager:?region=eu-west-1", "pass its factory in `schemes`"],
    ["a typing mistake", "evn:", 'The scheme "evn" is not known here'],
    ["no colon", "env", "It has no scheme; known: env:, file:."],
    ["capitals", "ENV:", "It has no scheme"],
    ["a blank before it", " env:", "It has no scheme"],
    ["a path alone", "./secrets", "It has no scheme"],
    ["an absolute path alone", "/run/secrets", "It has no scheme"],
    ["nothing but a colon", ":", "It has no scheme"],
    ["an unknown parameter", "env:?prefx=APP_", "known: prefix"],
    ["a path where there is none", "env:APP_", "has no path"],
    ["slashes", "env://", "has no path"],
    ["no path where one is needed", "file:", "names no path"],
    ["a host", "file://server/share", "names a host"],
  ])("%s is refused, and says what would do", (_what, from, advice) => {
    const error = thrownBy(() => createSecrets({ from }));
    expect(error.code).toBe("invalid-options");
    expect(error.advice).toContain(advice);
  });

  test.each(["env:", "env:?prefix=APP_", "file:./secrets", "file:/run/secrets", "file:///run/secrets"])(
    "%s is good",
    (from) => {
      expect(createSecrets({ from }).status()).toEqual([]);
    },
  );

  test.each([7, null, true, {}, ["env:"]])("%j is none", (from) => {
    expect(thrownBy(() => createSecrets({ from: from as never })).code).toBe("invalid-options");
  });

  test("a pasted secret is not repeated", () => {
    for (const from of ["s3cr3t-Passw0rd!", "Hunter2:tail", "postgres://app:hunter2@db/app", "env:?prefix=hunter2!"]) {
      const error = thrownBy(() => createSecrets({ from }));
      expect(error.stack).not.toMatch(/hunter2|Passw0rd|tail/i);
    }
  });

  test("a mistake in SECRETSOURCE reaches the caller of getSecret", async () => {
    vi.stubEnv("SECRETSOURCE", "evn:");
    expect(await refusal(getSecret("db", { optional: true }))).toMatchObject({ code: "invalid-options" });
  });
});

describe("`schemes`", () => {
  test("adds a source's factory, and hands it the whole URI", async () => {
    const fromUri = vi.fn(() => scriptedSource("value", { kind: "store" }));
    const secrets = createSecrets({ from: "my-store2:db?region=eu", schemes: [storeScheme(fromUri)] });
    expect(fromUri.mock.calls).toEqual([["my-store2:db?region=eu"]]);
    expect((await secrets.getSecret("db", { source: "store" })).reveal()).toBe("value");
  });

  test("leaves the built-in ones in place, and lists all in a refusal", () => {
    const schemes = [storeScheme()];
    expect(createSecrets({ from: "env:", schemes }).status()).toEqual([]);
    expect(thrownBy(() => createSecrets({ from: "x:", schemes })).advice).toContain("known: my-store2:, env:, file:.");
  });

  test("a factory's own word reaches the user where it is one of ours", () => {
    const own = new SecretsError({ code: "invalid-options", advice: "The region is missing." });
    const schemes = [
      storeScheme(() => {
        throw own;
      }),
    ];
    expect(thrownBy(() => createSecrets({ from: "my-store2:", schemes }))).toBe(own);
  });

  test("and no other word does: it may quote the URI", () => {
    const schemes = [
      storeScheme((text) => {
        throw new TypeError(`bad: ${text}`);
      }),
    ];
    const error = thrownBy(() => createSecrets({ from: "my-store2:hunter2", schemes }));
    expect(error).toMatchObject({ code: "invalid-options" });
    expect(error.advice).toContain("my-store2:");
    expect(error.cause).toBeUndefined();
    expect(error.stack).not.toContain("hunter2");
  });

  test.each<[string, unknown]>([
    ["nothing", () => undefined],
    ["no source", () => ({ kind: "store" })],
    ["a promise", async () => scriptedSource("value")],
  ])("a factory that gives %s is refused", (_what, fromUri) => {
    const schemes = [storeScheme(fromUri as SourceScheme["fromUri"])];
    expect(thrownBy(() => createSecrets({ from: "my-store2:", schemes })).code).toBe("invalid-options");
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["text", "env:"],
    ["one factory", storeScheme()],
    ["a list of null", [null]],
    ["a list of text", ["env"]],
    ["a factory without a scheme", [{ fromUri: () => {} }]],
    ["a factory without fromUri", [{ scheme: "x" }]],
    [
      "a getter that throws",
      [
        {
          get scheme() {
            throw new Error("hunter2");
          },
        },
      ],
    ],
  ])("refuses %s", (_what, schemes) => {
    const error = thrownBy(() => createSecrets({ from: "env:", schemes: schemes as never }));
    expect(error).toMatchObject({ code: "invalid-options" });
    expect(error.advice).toContain("`schemes` must be a list of source factories.");
    expect(error.stack).not.toContain("hunter2");
  });
});

test("whatever the URI, it is an instance or a SecretsError", () => {
  const scheme = fc.constantFrom("env:", "file:", "env:?prefix=", "file:?format=", "", "x:");
  fc.assert(
    fc.property(scheme, fc.string({ unit: "binary" }), (start, rest) => {
      try {
        createSecrets({ from: start + rest });
      } catch (error) {
        expect(isSecretsError(error)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
