import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { failureCodes, libraryCodes } from "../src/errors/error-code.ts";
import { createSecrets, memorySource } from "../src/index.ts";
import { canary, canaryBytes, type Drive, leaksOf, plainCanary } from "./leak-harness.ts";
import { codeRows } from "./leak-rows-codes.ts";
import { entryRows } from "./leak-rows-entries.ts";
import { instanceRows as plainInstanceRows } from "./leak-rows-instance.ts";
import { rootRows } from "./leak-rows-root.ts";
import { instanceRotationRows, rootRotationRows } from "./leak-rows-rotation.ts";

const folder = join(import.meta.dirname, "..");
const rowsByEntry: typeof entryRows = { ".": { ...rootRows, ...rootRotationRows }, ...entryRows };
const instanceRows = { ...plainInstanceRows, ...instanceRotationRows };

/** The entries that package.json promises, each with the names of its values. */
async function exportedValues(): Promise<Record<string, string[]>> {
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { exports: object };
  const entries = Object.keys(exports).filter((entry) => entry !== "./package.json");
  const listed = entries.map(async (entry) => {
    const module = (await import(join(folder, "src", entry, "index.ts"))) as object;
    return [entry, Object.keys(module).sort()];
  });
  return Object.fromEntries(await Promise.all(listed));
}

describe("every way out has a row:", () => {
  test("each value that an entry exports", async () => {
    const rows = Object.entries(rowsByEntry).map(([entry, ofEntry]) => [entry, Object.keys(ofEntry).sort()]);
    expect(Object.fromEntries(rows)).toEqual(await exportedValues());
  });

  test("each method of an instance", () => {
    const prototype = Object.getPrototypeOf(createSecrets({ source: memorySource() })) as object;
    const methods = Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor");
    expect(Object.keys(instanceRows).sort()).toEqual(methods.sort());
  });

  test("each error code", () => {
    expect(Object.keys(codeRows).sort()).toEqual([...failureCodes, ...libraryCodes].sort());
  });
});

const all: [string, Drive][] = [
  ...Object.entries(rowsByEntry).flatMap(([entry, rows]) =>
    Object.entries(rows).map(([name, drive]): [string, Drive] => [`${name} of ${entry}`, drive]),
  ),
  ...Object.entries(instanceRows).map(([name, drive]): [string, Drive] => [`${name}() of an instance`, drive]),
  ...Object.entries(codeRows).map(([code, drive]): [string, Drive] => [`the error ${code}`, drive]),
];

describe("nothing leaks from", () => {
  test.each(all)(
    "%s",
    async (_name, drive) => {
      expect(await leaksOf(drive)).toEqual([]);
    },
    30_000,
  );
});

describe("a leak is found", () => {
  const error = new Error("outer", { cause: { inner: new Error(canary) } });
  const hidden = Object.defineProperty({}, "password", { value: canary, enumerable: false });
  const silently = (run: () => unknown) => {
    run();
    return [];
  };
  const late = async () => {
    void Promise.reject(new Error(canary));
    return [];
  };
  test.each<[string, Drive]>([
    ["in a value", () => [{ deep: [{ password: canary }] }]],
    ["in a value that is not enumerable", () => [hidden]],
    ["in bytes", () => [{ key: canaryBytes }]],
    ["in a plain piece", () => [`user:${plainCanary.slice(3, 12)}…`]],
    ["in a cause", () => [error]],
    ["in an aggregate", () => [new AggregateError([new Error(canary)], "all failed")]],
    ["on the console", () => silently(() => console.error("failed: %o", { password: canary }))],
    ["on the standard output", () => silently(() => process.stdout.write(Buffer.from(canary).toString("base64")))],
    ["on the standard error", () => silently(() => process.stderr.write(canary))],
    ["in a warning of the process", () => silently(() => process.emitWarning(canary))],
    ["in a rejection that nobody handles", late],
    [
      "in a revealed secret",
      async () => {
        const secrets = createSecrets({ source: memorySource({ db: canary }) });
        return [(await secrets.getSecret("db")).reveal()];
      },
    ],
  ])("%s", async (_where, drive) => {
    expect(await leaksOf(drive)).not.toEqual([]);
  });
});
