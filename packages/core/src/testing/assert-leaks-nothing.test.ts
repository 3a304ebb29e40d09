import fs from "node:fs";
import { inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { createSecrets } from "../client/create-secrets.ts";
import { assertLeaksNothing } from "./assert-leaks-nothing.ts";
import { mockSource } from "./mock-source.ts";
import { settlePromises } from "./settle-promises.ts";
import { testSecrets } from "./test-secrets.ts";

const canary = 'kX7"qz\\p+/é&R2%V9=w T4b€N8';
const bytes = Buffer.from(canary);

/** The rows of the table, without the canary's name. */
async function leaksOf(run: () => unknown, searched = canary): Promise<string[][]> {
  try {
    await assertLeaksNothing([searched], run);
  } catch (error) {
    const { message, cause } = error as Error;
    if (!message.startsWith("assertLeaksNothing")) throw error;
    expect([cause, inspect(error).includes(searched.slice(0, 8))]).toEqual([undefined, false]);
    const table = message.split("\n\n")[1]?.split("\n").slice(2) ?? [];
    return table.map((row) => row.trim().split(/ {2,}/).slice(1));
  }
  return [];
}

/** Prints nothing meanwhile. */
async function quiet<T>(target: object, method: string, run: () => T): Promise<Awaited<T>> {
  const spy = vi.spyOn(target as Record<string, () => unknown>, method).mockImplementation(() => true);
  try {
    return await run();
  } finally {
    spy.mockRestore();
  }
}

describe("what is found", () => {
  test("in what is returned", async () => {
    expect(await leaksOf(() => canary)).toEqual([["the returned value", "plain"]]);
    const places = new Set((await leaksOf(() => [{ deep: { password: canary } }])).map(([place]) => place));
    expect(places).toEqual(new Set(["the returned value, as JSON", "the returned value, inspected"]));
    const hidden = Object.defineProperty({}, "password", { value: canary });
    expect((await leaksOf(() => hidden)).map(([place]) => place)).toContain("the returned value, inspected");
    expect(await leaksOf(() => new Map([["key", { password: canary }]]))).not.toEqual([]);
    expect(await leaksOf(() => ({ toString: () => canary }))).toContainEqual(["the returned value, as text", "plain"]);
    expect(await leaksOf(() => bytes)).toContainEqual(["the returned value", "plain"]);
    expect(await leaksOf(() => ({ key: new Uint8Array(bytes) }))).toContainEqual([
      "the returned value, as JSON",
      "bytes",
    ]);
  });

  test("in what is thrown, and in its cause", async () => {
    const deep = new Error("outer", { cause: new Error("middle", { cause: { password: canary } }) });
    expect(await leaksOf(() => Promise.reject(deep))).not.toEqual([]);
    const all = new AggregateError([new Error(canary)], "all failed");
    expect(await leaksOf(() => Promise.reject(all))).not.toEqual([]);
    const throws = () => {
      throw new Error(canary);
    };
    expect(await leaksOf(throws)).toContainEqual(["the thrown error, as text", "plain"]);
    expect(await leaksOf(() => Promise.reject(canary))).toEqual([["the thrown error", "plain"]]);
  });

  test.each(["log", "info", "warn", "error", "debug", "trace", "dir", "table"] as const)(
    "on console.%s",
    async (method) => {
      const leaks = await quiet(console, method, () => leaksOf(() => console[method]({ a: { b: [canary] } })));
      expect(leaks.map(([place]) => place)).toContain(`console.${method}, inspected`);
    },
  );

  test("in the format of a message", async () => {
    const parts = [canary.slice(0, 4), canary.slice(4)];
    const leaks = await quiet(console, "log", () => leaksOf(() => console.log("key=%s%s", ...parts)));
    expect(leaks).toContainEqual(["console.log", "plain"]);
  });

  test.each([
    ["the standard output", process.stdout],
    ["the standard error", process.stderr],
  ] as const)("on %s, as text and as bytes", async (place, stream) => {
    expect(await quiet(stream, "write", () => leaksOf(() => stream.write(canary)))).toEqual([[place, "plain"]]);
    const asBytes = await quiet(stream, "write", () => leaksOf(() => stream.write(bytes)));
    expect(asBytes).toContainEqual([place, "plain"]);
  });

  test("between one write and the next", async () => {
    const write = () => {
      for (const character of canary) process.stdout.write(character);
    };
    expect(await quiet(process.stdout, "write", () => leaksOf(write))).toEqual([["the standard output", "wrapped"]]);
  });

  test("where a logger writes to the descriptor", async () => {
    const place = (method: string, descriptor: number) => [`fs.${method} to descriptor ${descriptor}`, "plain"];
    const sync = await quiet(fs, "writeSync", () => leaksOf(() => fs.writeSync(1, canary)));
    expect(sync).toEqual([place("writeSync", 1)]);
    const later = await quiet(fs, "write", () => leaksOf(() => fs.write(2, canary, () => {})));
    expect(later).toEqual([place("write", 2)]);
    expect(await quiet(fs, "writeSync", () => leaksOf(() => fs.writeSync(7, canary)))).toEqual([]);
  });

  test("in a warning of the process", async () => {
    const warns = () => process.emitWarning(canary);
    const leaks = await quiet(process.stderr, "write", () => leaksOf(warns));
    expect(leaks.map(([place]) => place)).toContain("a warning of the process, inspected");
  });

  test("in an event of an instance", async () => {
    const source = mockSource({ db: "x" });
    source.annotate("db", { warnings: [`the value is ${canary}`] });
    const leaks = await leaksOf(async () => {
      await createSecrets({ source }).getSecret("db");
    });
    expect(leaks.map(([place]) => place)).toContain("an event of secretsource, as JSON");
  });

  test("in one form inside of another, outermost last", async () => {
    // No eight characters of it survive an escape.
    const prickly = '"%\\"%\\"é\\"%\\"%"€%"\\%"';
    const written = Buffer.from(JSON.stringify({ prickly })).toString("base64");
    expect(await leaksOf(() => written, prickly)).toContainEqual(["the returned value", "json in base64"]);
    expect(await leaksOf(() => encodeURIComponent(canary))).toContainEqual(["the returned value", "url"]);
    expect(await leaksOf(() => bytes.toString("hex").toUpperCase())).toContainEqual(["the returned value", "hex"]);
  });

  test("split over lines", async () => {
    const wrapped = [...canary].join("\r\n  ");
    expect(await leaksOf(() => wrapped)).toEqual([["the returned value", "wrapped"]]);
    const base64 = bytes.toString("base64").replaceAll(/..../g, "$&\n");
    expect(await leaksOf(() => base64)).toContainEqual(["the returned value", "base64 in wrapped"]);
  });
});

describe("the error", () => {
  test("names the canary and the place", async () => {
    const asserting = assertLeaksNothing({ password: canary, "other\n": "not-in-there" }, () => ({ a: canary }));
    await expect(asserting).rejects.toThrow(
      /^assertLeaksNothing: canaries came out in \d ways\.\n\n {2}canary +where +form\n.*\n {2}password +the returned value, as JSON +\w/,
    );
    await expect(assertLeaksNothing([canary], () => canary)).rejects.toThrow("a canary came out.");
    await expect(assertLeaksNothing(["nowhere-to-be-found", bytes], () => canary)).rejects.toThrow("canaries[1]");
  });

  test("is cut where there are many", async () => {
    const canaries = Array.from({ length: 25 }, (_, index) => `${index}`.repeat(10));
    await expect(assertLeaksNothing(canaries, () => canaries.join(" "))).rejects.toThrow(/and \d+ more$/);
  });
});

describe("where nothing is found", () => {
  test("it gives what the run gives", async () => {
    expect(await assertLeaksNothing([canary], () => 7)).toBe(7);
    const circle: Record<string, unknown> = { big: 7n, twice: [{}, {}] };
    circle.self = circle;
    expect(await assertLeaksNothing([canary], async () => circle)).toBe(circle);
    expect(await assertLeaksNothing([canary], () => {})).toBeUndefined();
  });

  test("it throws what the run throws", async () => {
    const error = new Error("harmless");
    await expect(assertLeaksNothing([canary], () => Promise.reject(error))).rejects.toBe(error);
  });

  test("what cannot be printed is no trouble", async () => {
    const prickly = {
      toJSON() {
        throw new Error("no JSON");
      },
      toString() {
        throw new Error("no text");
      },
    };
    expect(await assertLeaksNothing([canary], () => prickly)).toBe(prickly);
    expect(await assertLeaksNothing([canary], () => Object.create(null))).toEqual({});
  });
});

test("a secret of this library leaks nothing until it is revealed", async () => {
  await using test = testSecrets({ db: { password: canary } });
  const db = await assertLeaksNothing([canary], async () => {
    const secret = await test.secrets.getSecret("db", { as: "json" });
    await quiet(console, "log", () => console.log(`${secret}`, secret, { secret }));
    return secret;
  });
  expect(await leaksOf(() => db.reveal())).not.toEqual([]);
});

describe("afterwards", () => {
  const seen = () => [console.log, process.stdout.write, fs.writeSync, process.listenerCount("warning")];

  test("everything is as it was", async () => {
    const own = Object.keys(Object.getOwnPropertyDescriptors(process.stdout));
    const before = seen();
    await assertLeaksNothing([canary], () => {});
    await leaksOf(() => canary);
    await leaksOf(() => Promise.reject(new Error("harmless"))).catch(() => {});
    expect(seen()).toEqual(before);
    expect(Object.keys(Object.getOwnPropertyDescriptors(process.stdout))).toEqual(own);
  });

  test("also where two overlap, and each has heard it", async () => {
    const before = seen();
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const runs = gates.map((gate) => leaksOf(() => gate.promise));
    await settlePromises();
    await quiet(process.stderr, "write", async () => {
      process.emitWarning(`a warning with ${canary}`);
      await settlePromises();
    });
    gates[0]?.resolve();
    expect(await runs[0]).not.toEqual([]);
    gates[1]?.resolve();
    expect(await runs[1]).not.toEqual([]);
    expect(seen()).toEqual(before);
  });

  test("what somebody else has put in the place stays", async () => {
    const original = console.debug;
    const own = vi.fn();
    await assertLeaksNothing([canary], () => {
      console.debug = own;
    });
    expect(console.debug).toBe(own);
    console.debug = original;
  });
});

test.each([[], {}, [7], ["short"], { password: "short" }, "a text", undefined])(
  "canaries must be good for something: %j",
  async (canaries) => {
    const run = vi.fn();
    await expect(assertLeaksNothing(canaries as never, run)).rejects.toMatchObject({ code: "invalid-options" });
    expect(run).not.toHaveBeenCalled();
  },
);
