import { beforeEach, expect, test, vi } from "vitest";
import type { SecretSource } from "../source/secret-source.ts";

/** The modules as a new process has them: nothing has been loaded on demand. */
let core: typeof import("../index.ts");
let loader: typeof import("./load-instance.ts");

beforeEach(async () => {
  vi.resetModules();
  core = await import("../index.ts");
  loader = await import("./load-instance.ts");
});

function countingSource() {
  const calls: string[] = [];
  let closed = 0;
  const source: SecretSource = {
    specVersion: 1,
    kind: "counting",
    traits: { stages: ["current"], versionIds: false, labels: false, binary: false, mints: false },
    async read(ref) {
      calls.push(ref.name);
      return { payload: `value of ${ref.name}` };
    },
    classify: () => undefined,
    close: async () => {
      closed += 1;
    },
  };
  return { source, calls, closed: () => closed };
}

test("nothing is loaded before the first read, and with it all callers share one call", async () => {
  const { source, calls } = countingSource();
  const secrets = core.createSecrets({ source });
  secrets.on(() => {});
  secrets.hint("db");
  expect(secrets.status()).toEqual([]);
  expect(secrets.health()).toEqual({ status: "ok", problems: [] });
  expect(loader.loadedInstance()).toBeUndefined();
  const read = await Promise.all(Array.from({ length: 1000 }, () => secrets.getSecret("db")));
  expect(loader.loadedInstance()).toBeDefined();
  expect(new Set(read.map((secret) => secret.reveal()))).toEqual(new Set(["value of db"]));
  expect(calls).toEqual(["db"]);
  expect(secrets.status()).toMatchObject([{ secretName: "db" }]);
  await secrets.close();
});

test("what is made once it is here is whole at once", async () => {
  await core.createSecrets({ source: countingSource().source }).getSecret("db");
  const secrets = core.createSecrets({ source: countingSource().source });
  const reading = secrets.getSecret("db");
  const later = secrets.getSecret("db");
  expect((await reading).reveal()).toBe((await later).reveal());
  await secrets.close();
});

test("a listener of before hears all, from the first read to the end", async () => {
  const secrets = core.createSecrets({ source: countingSource().source });
  const heard: string[] = [];
  secrets.on(({ type }) => heard.push(type));
  await secrets.getSecret("db");
  await secrets.close();
  expect(heard[0]).toBe("loaded");
  expect(heard.at(-1)).toBe("closed");
});

test("a close in front of the first read closes the sources, and ends the read and all after it", async () => {
  const { source, calls, closed } = countingSource();
  const secrets = core.createSecrets({ source });
  const closing = secrets.close();
  await expect(secrets.getSecret("db")).rejects.toMatchObject({ code: "closed" });
  await closing;
  await secrets.close();
  await expect(secrets.watchSecret("db")).rejects.toMatchObject({ code: "closed" });
  expect(calls).toEqual([]);
  expect(closed()).toBe(1);
});

test("a hint of before the first read tells of mistakes", () => {
  const secrets = core.createSecrets({ source: countingSource().source });
  expect(() => secrets.hint("db", { source: "other" })).toThrow("`source` must be one of counting.");
  expect(() => secrets.hint("db", { spread: "soon" as "5s" })).toThrow("spread");
  const several = core.createSecrets({ sources: { a: countingSource().source, b: countingSource().source } });
  expect(() => several.hint("db")).toThrow(
    "the instance has no `default`: give it one, or each call a `source`: one of a, b.",
  );
});

test("each call may be the first", async () => {
  const secrets = core.createSecrets({ source: countingSource().source });
  const live = secrets.watchSecret("db");
  const used = secrets.withSecret("db", (secret) => secret.reveal(), { isAuthError: () => false });
  const accepted = secrets.acceptAny("db", (secret) => secret.reveal() === "value of db");
  expect((await live).current.reveal()).toBe("value of db");
  expect(await used).toBe("value of db");
  expect((await accepted)?.reveal()).toBe("value of db");
  await secrets.close();
});
