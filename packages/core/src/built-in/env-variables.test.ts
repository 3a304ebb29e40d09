import fc from "fast-check";
import { expect, test } from "vitest";
import { ask, failureOf } from "../../test/ask.ts";
import { tempFolder } from "../../test/temp-folder.ts";
import { envSource } from "./env-source.ts";
import { EnvVariables } from "./env-variables.ts";
import { variableKey } from "./variable-key.ts";

const collision = (one: string, other: string, variable: string) =>
  `invalid-request: The secrets "${one}" and "${other}" both lead to the variable "${variable}": give one of them another by \`names\` of envSource.`;

test("a variable answers for one secret, again and again, and for no other", async () => {
  const source = envSource({ env: { A_B: "x" } });
  await expect(ask(source, "a/b")).resolves.toEqual({ payload: "x" });
  await expect(failureOf(ask(source, "a-b"))).resolves.toBe(collision("a/b", "a-b", "A_B"));
  await expect(failureOf(ask(source, "A_B"))).resolves.toBe(collision("a/b", "A_B", "A_B"));
  await expect(ask(source, "a/b")).resolves.toEqual({ payload: "x" });
});

test("what `names` gives away is refused to others before anything was read", async () => {
  const source = envSource({ names: { mine: "A_B" }, env: { A_B: "x" } });
  await expect(failureOf(ask(source, "a/b"))).resolves.toBe(collision("mine", "a/b", "A_B"));
  await expect(ask(source, "mine")).resolves.toEqual({ payload: "x" });
});

test("`names` settles a collision", async () => {
  const source = envSource({ names: { "a-b": "OTHER" }, env: { A_B: "x", OTHER: "y" } });
  await expect(ask(source, "a/b")).resolves.toEqual({ payload: "x" });
  await expect(ask(source, "a-b")).resolves.toEqual({ payload: "y" });
});

test("names that find nothing take nothing", async () => {
  const env: Record<string, string> = {};
  const source = envSource({ env });
  await expect(failureOf(ask(source, "a-b"))).resolves.toMatch(/^not-found/);
  env.A_B = "x";
  await expect(ask(source, "a/b")).resolves.toEqual({ payload: "x" });
});

test("one of two names is refused in either order, and never is one variable given to both", async () => {
  const name = fc.constantFrom("a/b", "a-b", "a_b", "c", "C", "c/file", "c_file", "d");
  await fc.assert(
    fc.asyncProperty(fc.array(name), async (asked) => {
      const source = envSource({ env: { A_B: "ab", C: "c", D: "d" } });
      const answered = new Map<string, string>();
      for (const one of asked) {
        const { payload } = (await ask(source, one)) as { payload?: string };
        if (payload !== undefined) expect(answered.get(payload) ?? one).toBe(one);
        if (payload !== undefined) answered.set(payload, one);
      }
    }),
  );
});

test("a variable that was read as a file's path is no other secret's value, and the other way round", async () => {
  const folder = tempFolder({ db: "x" });
  const env = { DB_FILE: `${folder}/db` };
  const asFile = envSource({ env });
  await expect(ask(asFile, "db")).resolves.toEqual({ payload: "x" });
  await expect(failureOf(ask(asFile, "db-file"))).resolves.toBe(collision("db", "db-file", "DB_FILE"));
  const asValue = envSource({ env });
  await expect(ask(asValue, "db-file")).resolves.toEqual({ payload: env.DB_FILE });
  await expect(failureOf(ask(asValue, "db"))).resolves.toBe(collision("db-file", "db", "DB_FILE"));
});

test("`names` makes a secret of its own of what looks like a file's path", async () => {
  const source = envSource({ names: { "db-file": "DB_FILE" }, env: { DB: "x", DB_FILE: "y" } });
  await expect(ask(source, "db")).resolves.toEqual({ payload: "x" });
  await expect(ask(source, "db-file")).resolves.toEqual({ payload: "y" });
  const unset = envSource({ names: { "db-file": "DB_FILE" }, env: { DB_FILE: "y" } });
  await expect(failureOf(ask(unset, "db"))).resolves.toBe('not-found: Set the variable "DB".');
});

test("takes no more than its bound, whatever the environment claims to hold", () => {
  const variables = new EnvVariables("", new Map());
  const taken = Array.from({ length: 10_001 }, (_, index) => variables.claim([`V${index}`], `v${index}`));
  expect(taken.findIndex((refused) => refused !== undefined)).toBe(10_000);
  expect(taken.at(-1)).toMatchObject({ failure: "unsupported", advice: expect.stringContaining("10000") });
  expect(variables.claim(["V1"], "v1")).toBeUndefined();
});

test("Windows does not tell upper from lower case, others do", () => {
  expect(variableKey("Path", "win32")).toBe(variableKey("PATH", "win32"));
  expect(variableKey("Path", "linux")).not.toBe(variableKey("PATH", "linux"));
});
