import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.doUnmock("lru-cache");
  vi.doUnmock("./load-instance.ts");
  vi.resetModules();
});

/** A copy of the library that has loaded nothing yet. */
async function freshCore() {
  vi.resetModules();
  return await import("../index.ts");
}

function countingSource() {
  const calls: string[] = [];
  return {
    calls,
    specVersion: 1 as const,
    kind: "counting",
    traits: { stages: ["current"] as const, versionIds: false, labels: false, binary: false, mints: false },
    read: async ({ name }: { name: string }) => {
      calls.push(name);
      return { payload: `value of ${name}` };
    },
    classify: () => undefined,
  };
}

test("lru-cache is not loaded by the import of the library and by making an instance, and then once for all instances", async () => {
  let loads = 0;
  vi.doMock("lru-cache", async (original) => {
    loads += 1;
    return await original();
  });
  const { createSecrets } = await freshCore();
  const first = createSecrets({ source: countingSource() });
  await new Promise((resolve) => setImmediate(resolve));
  expect(loads).toBe(0);
  await Promise.all([first.getSecret("a"), first.getSecret("b")]);
  await createSecrets({ source: countingSource() }).getSecret("a");
  expect(loads).toBe(1);
});

test("keeps what the first readers of a process bring, for one call each", async () => {
  const { createSecrets } = await freshCore();
  const source = countingSource();
  const secrets = createSecrets({ source });
  await Promise.all(["a", "a", "b"].map((name) => secrets.getSecret(name)));
  await Promise.all(["a", "b"].map((name) => secrets.getSecret(name)));
  expect(source.calls).toEqual(["a", "b"]);
});

test("where it cannot be loaded, a read says so, without a call", async () => {
  vi.doMock("lru-cache", () => {
    throw Object.assign(new Error("Cannot find package 'lru-cache'"), { code: "ERR_MODULE_NOT_FOUND" });
  });
  const { createSecrets } = await freshCore();
  const source = countingSource();
  const secrets = createSecrets({ source });
  await expect(secrets.getSecret("a")).rejects.toMatchObject({
    code: "unknown",
    advice: expect.stringMatching(/^The package lru-cache, or a part of this library, cannot be loaded/),
  });
  expect(source.calls).toEqual([]);
});

test("what could not be loaded is tried again by the next call of the same instance, once for all who call", async () => {
  let loads = 0;
  vi.doMock(import("./load-instance.ts"), async (original) => {
    const loader = await original();
    return {
      ...loader,
      async loadInstance() {
        loads += 1;
        if (loads === 1) throw new Error("Too many open files");
        return loader.loadInstance();
      },
    };
  });
  const { createSecrets } = await freshCore();
  const source = countingSource();
  const secrets = createSecrets({ source });
  const first = await Promise.allSettled(["a", "b"].map((name) => secrets.getSecret(name)));
  expect(first.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const read = await Promise.all(["a", "b"].map((name) => secrets.getSecret(name)));
  expect(read.map((secret) => secret.reveal())).toEqual(["value of a", "value of b"]);
  expect(loads).toBe(2);
  await secrets.close();
});
