import { describe, expect, test } from "vitest";
import type { Secrets } from "../src/client/secrets.ts";
import type { LiveSecret } from "../src/rotation/live-secret.ts";
import type { Secret } from "../src/secret/secret.ts";
import { mockedInstance } from "./mocked-instance.ts";
import { refusal, within } from "./outcomes.ts";

interface Around {
  readonly secrets: Secrets;
  readonly live: () => LiveSecret<string>;
  readonly others: readonly (() => void)[];
}

type Misbehaviour = (around: Around) => unknown;

/** None of these is awaited by anybody, and none may be felt by anybody else. */
const misbehaviours: Readonly<Record<string, Misbehaviour>> = {
  throws: () => {
    throw new Error("a listener's own trouble");
  },
  rejects: () => Promise.reject(new Error("a listener's own trouble")),
  hangs: () => new Promise(() => {}),
  "reads the secret": ({ secrets }) => secrets.getSecret("db"),
  "forces a refresh": ({ secrets }) => secrets.getSecret("db", { refresh: true }),
  "watches the secret, and ends it": async ({ secrets }) => (await secrets.watchSecret("db")).close(),
  hints: ({ secrets }) => secrets.hint("db"),
  "runs an operation": ({ secrets }) => secrets.withSecret("db", () => 1, { isAuthError: () => false }),
  "subscribes again": ({ live }) => live().onRotate(() => {}),
  "looks at `current`": ({ live }) => live().current.reveal(),
};

describe.each(Object.entries(misbehaviours))("a listener of a rotation that %s", (_what, misbehave) => {
  test("disturbs nobody", async () => {
    const { clock, source, secrets, told } = mockedInstance();
    const live = await secrets.watchSecret("db");
    const other = await secrets.watchSecret("db");
    const heard: string[] = [];
    live.onRotate((next) => heard.push(`before ${next.reveal()}`));
    live.onRotate(() => void Promise.resolve(misbehave({ secrets, live: () => live, others: [] })).catch(() => {}));
    live.onRotate((next) => heard.push(`after ${next.reveal()}`));
    other.onRotate((next) => heard.push(`other ${next.reveal()}`));
    for (const value of ["two", "three"]) {
      source.rotate("db", value);
      await clock.advance("5m");
    }
    expect(heard.filter((text) => !text.startsWith("other"))).toEqual([
      "before two",
      "after two",
      "before three",
      "after three",
    ]);
    expect(heard.filter((text) => text.startsWith("other"))).toEqual(["other two", "other three"]);
    expect(told("rotated")).toEqual(["2 -", "3 -"]);
    expect([live.current.reveal(), other.current.reveal()]).toEqual(["three", "three"]);
    await secrets.close();
    clock.assertIdle();
  });
});

test("a listener that throws at once disturbs nobody", async () => {
  const { clock, source, secrets } = mockedInstance();
  const live = await secrets.watchSecret("db");
  const heard: string[] = [];
  live.onRotate(() => {
    throw new Error("its own trouble");
  });
  live.onRotate((next) => heard.push(next.reveal()));
  source.rotate("db", "two");
  await clock.advance("5m");
  expect(heard).toEqual(["two"]);
  await secrets.close();
});

test("a listener that ends others, or the handle, is obeyed at once", async () => {
  const { clock, source, secrets } = mockedInstance();
  const live = await secrets.watchSecret("db");
  const other = await secrets.watchSecret("db");
  const heard: string[] = [];
  live.onRotate(() => {
    off();
    live.close();
  });
  const off = live.onRotate(() => heard.push("ended"));
  other.onRotate((next) => heard.push(`other ${next.reveal()}`));
  source.rotate("db", "two");
  await clock.advance("5m");
  source.rotate("db", "three");
  await clock.advance("5m");
  expect(heard).toEqual(["other two", "other three"]);
  expect(live.current.reveal()).toBe("two");
  await secrets.close();
});

test("a listener that closes the instance", async () => {
  const { clock, source, secrets, events } = mockedInstance();
  const live = await secrets.watchSecret("db");
  live.onRotate(() => void secrets.close());
  source.rotate("db", "two");
  await clock.advance("10m");
  expect(live.current.reveal()).toBe("two");
  expect(events.at(-1)?.type).toBe("closed");
  expect((await refusal(secrets.watchSecret("db"))).code).toBe("closed");
  clock.assertIdle();
});

const withinHook: Readonly<Record<string, (secrets: Secrets) => unknown>> = {
  "reads the same secret": (secrets) => secrets.getSecret("db"),
  "reads it with options": (secrets) => secrets.getSecret("db", { as: "bytes", maxAge: "0s" }),
  "forces a refresh of it": (secrets) => secrets.getSecret("db", { refresh: true }),
  "watches it": (secrets) => secrets.watchSecret("db"),
  "runs an operation with it": (secrets) => secrets.withSecret("db", () => 1, { isAuthError: () => false }),
  "asks whether it accepts": (secrets) => secrets.acceptAny("db", () => true),
};

describe.each(Object.entries(withinHook))("a verify hook that %s does not wait for itself", (what, ask) => {
  test("with a value held it gets that one; with none an error that says why", async () => {
    const { clock, source, secrets, told } = mockedInstance();
    const outcomes: unknown[] = [];
    const verify = async () => {
      outcomes.push(
        await Promise.resolve(ask(secrets)).then(
          () => "answered",
          (error: { readonly code: string }) => error.code,
        ),
      );
    };
    const live = await within(clock, "1s", secrets.watchSecret("db", { verify }));
    expect(outcomes).toEqual(["invalid-request"]);
    await clock.advance("2s");
    source.rotate("db", "two");
    secrets.hint("db");
    await clock.advance("1s");
    expect(outcomes).toEqual(["invalid-request", what.includes("refresh") ? "invalid-request" : "answered"]);
    expect(live.current.reveal()).toBe("two");
    expect(told("rejected")).toEqual([]);
    await secrets.close();
  });
});

test("within a hook the held value is given, and other secrets are read as ever", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one", other: "x" });
  const seen: string[] = [];
  const verify = async (next: Secret<string>) => {
    if (next.version === "1") return;
    const [held, other] = await Promise.all([secrets.getSecret("db"), secrets.getSecret("other")]);
    seen.push(`${held.reveal()} ${other.reveal()}`);
  };
  const live = await secrets.watchSecret("db", { verify });
  await clock.advance("2s");
  source.rotate("db", "two");
  secrets.hint("db");
  await clock.advance("1s");
  expect(seen).toEqual(["one x"]);
  expect(live.current.reveal()).toBe("two");
  await secrets.close();
});

test("who asks while a hook is at it, and not from within, waits for its verdict", async () => {
  const { clock, secrets } = mockedInstance();
  const verdict = Promise.withResolvers<void>();
  const watching = secrets.watchSecret("db", { verify: () => verdict.promise });
  await clock.settle();
  const reading = secrets.getSecret("db");
  await clock.advance("1s");
  verdict.resolve();
  expect((await reading).reveal()).toBe("one");
  expect((await watching).current.reveal()).toBe("one");
  await secrets.close();
});

test("a hook that closes the instance ends the watch with `closed`, and leaves nothing behind", async () => {
  for (const waits of [true, false]) {
    const { clock, secrets } = mockedInstance();
    const watching = secrets.watchSecret("db", {
      verify: async () => {
        const closing = secrets.close();
        if (waits) await closing;
      },
    });
    expect((await refusal(within(clock, "11s", watching))).code).toBe("closed");
    clock.assertIdle();
  }
});
