import { expect, test, vi } from "vitest";
import { mockedInstance } from "../../test/mocked-instance.ts";
import { refusal, within } from "../../test/outcomes.ts";
import { scriptedInstance } from "../../test/scripted-instance.ts";
import type { Secret } from "../secret/secret.ts";

class LoginRefused extends Error {}
const isAuthError = (error: unknown) => error instanceof LoginRefused;

/** A database that takes some passwords, and counts the logins. */
function database(...valid: string[]) {
  const logins: string[] = [];
  const login = async (secret: Secret<string>) => {
    const password = secret.reveal();
    logins.push(password);
    if (!valid.includes(password)) throw new LoginRefused();
    return `in with ${password}`;
  };
  return { login, logins, valid };
}

const outcome = (work: Promise<unknown>): Promise<unknown> => work.catch((error: unknown) => error);

test("an operation that succeeds runs once, and costs one read", async () => {
  const { secrets, asked } = mockedInstance();
  const { login, logins } = database("one");
  expect(await secrets.withSecret("db", login, { isAuthError })).toBe("in with one");
  expect(logins).toEqual(["one"]);
  expect(asked()).toEqual(["read current"]);
  await secrets.close();
});

test("an error that is no rejected login is the caller's: no second run, whatever isAuthError does", async () => {
  const { secrets } = mockedInstance();
  const failing = vi.fn(() => Promise.reject(new Error("deadlock found")));
  await expect(secrets.withSecret("db", failing, { isAuthError })).rejects.toThrow("deadlock found");
  const careless = [
    () => {
      throw new Error("isAuthError's own trouble");
    },
    () => Promise.resolve(true) as unknown as boolean,
    () => 1 as unknown as boolean,
  ];
  for (const isAuth of careless) {
    await expect(secrets.withSecret("db", failing, { isAuthError: isAuth })).rejects.toThrow("deadlock found");
  }
  expect(failing).toHaveBeenCalledTimes(4);
  await secrets.close();
});

test("the store has rotated: one refresh, and in", async () => {
  const { clock, source, secrets, asked } = mockedInstance();
  await secrets.getSecret("db");
  source.rotate("db", "two");
  await clock.advance("2s");
  const { login, logins } = database("two");
  expect(await secrets.withSecret("db", login, { isAuthError })).toBe("in with two");
  expect(logins).toEqual(["one", "two"]);
  expect(asked()).toEqual(["read current", "read current"]);
  await secrets.close();
});

test("a hundred whose login is refused at once, or one after the other, cause one refresh", async () => {
  for (const spreadMs of [0, 50]) {
    const { clock, source, secrets, asked } = mockedInstance();
    await secrets.getSecret("db");
    source.rotate("db", "two");
    await clock.advance("2s");
    const { login, logins } = database("two");
    const work = Array.from({ length: 100 }, (_, index) =>
      secrets.withSecret(
        "db",
        async (secret) => {
          if (secret.reveal() === "one") {
            await new Promise<void>((resolve) => clock.setTimer(resolve, 10 + index * spreadMs));
          }
          return login(secret);
        },
        { isAuthError },
      ),
    );
    await clock.advance("10s");
    expect(new Set(await Promise.all(work))).toEqual(new Set(["in with two"]));
    expect(logins).toHaveLength(200);
    expect(asked()).toEqual(["read current", "read current"]);
    await secrets.close();
  }
});

test("the password has changed and the label has not moved yet: the pending one, before the previous one", async () => {
  const { clock, source, secrets } = mockedInstance();
  source.rotate("db", "two");
  source.stage("db", "three");
  const { login, logins } = database("three");
  await clock.advance("2s");
  expect(await secrets.withSecret("db", login, { isAuthError })).toBe("in with three");
  expect(logins).toEqual(["two", "three"]);
  await secrets.close();
});

test("the label has moved and the password has not changed yet: the previous one", async () => {
  const { source, secrets } = mockedInstance();
  source.rotate("db", "two");
  const { login, logins } = database("one");
  expect(await secrets.withSecret("db", login, { isAuthError })).toBe("in with one");
  expect(logins).toEqual(["two", "one"]);
  await secrets.close();
});

test("where the store has no previous one, the one that is remembered; never one past its maxStale", async () => {
  const { clock, source, secrets } = scriptedInstance(
    { payload: "one", version: "1" },
    {
      ttl: "1m",
      traits: { stages: ["current"] },
    },
  );
  await secrets.getSecret("db");
  await clock.advance("1m");
  source.script({ payload: "two", version: "2" });
  await secrets.getSecret("db");
  const { login, logins } = database("one");
  expect(await secrets.withSecret("db", login, { isAuthError })).toBe("in with one");
  expect(logins).toEqual(["two", "one"]);
  await clock.advance("2h");
  const late = outcome(secrets.withSecret("db", login, { isAuthError }));
  await clock.advance("100s");
  expect(await late).toBeInstanceOf(LoginRefused);
  expect(logins.slice(2)).not.toContain("one");
  await secrets.close();
});

test("a remembered one is not tried where the store has its own word", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" }, { ttl: "1m" });
  await secrets.getSecret("db");
  source.rotate("db", "two");
  source.rotate("db", "three");
  await clock.advance("1m");
  await secrets.getSecret("db");
  const { login, logins } = database("two");
  expect(await secrets.withSecret("db", login, { isAuthError })).toBe("in with two");
  expect(logins).toEqual(["three", "two"]);
  await secrets.close();
});

test("rounds go on within 90 s and no longer; each credential once a round, a second between calls", async () => {
  const { clock, source, secrets } = mockedInstance();
  source.rotate("db", "two");
  const { login, logins } = database();
  const startedAt = clock.monotonic();
  let lastLoginAt = 0;
  let endedAt = 0;
  const work = outcome(
    secrets.withSecret(
      "db",
      (secret) => {
        lastLoginAt = clock.monotonic() - startedAt;
        return login(secret);
      },
      { isAuthError },
    ),
  ).finally(() => {
    endedAt = clock.monotonic() - startedAt;
  });
  await clock.advance("100s");
  expect(await work).toBeInstanceOf(LoginRefused);
  expect(lastLoginAt).toBeLessThanOrEqual(90_000);
  expect(lastLoginAt).toBeGreaterThan(60_000);
  expect(endedAt).toBeLessThanOrEqual(90_000);
  for (let index = 0; index + 1 < logins.length; index += 2) {
    expect(logins.slice(index, index + 2)).toEqual(["two", "one"]);
  }
  const reads = source.calls.filter(({ version }) => version === "current").map(({ at }) => at);
  expect(Math.min(...reads.slice(1).map((at, index) => at - (reads[index] ?? 0)))).toBeGreaterThanOrEqual(1000);
  clock.assertIdle();
  await secrets.close();
});

test("the right password turns up in the store during the rounds", async () => {
  const { clock, source, secrets } = mockedInstance();
  const { login } = database("two");
  const work = secrets.withSecret("db", login, { isAuthError });
  await clock.advance("20s");
  source.rotate("db", "two");
  expect(await within(clock, "20s", work)).toBe("in with two");
  await secrets.close();
});

test("a store that cannot be asked again leaves what is known: the operation's own error in the end", async () => {
  const { clock, source, secrets } = mockedInstance();
  await secrets.getSecret("db");
  source.failAll("unavailable");
  const { login, logins } = database();
  const work = outcome(secrets.withSecret("db", login, { isAuthError }));
  await clock.advance("120s");
  expect(await work).toBeInstanceOf(LoginRefused);
  expect(new Set(logins)).toEqual(new Set(["one"]));
  await secrets.close();
});

test("an abort ends the rounds at once, with the login's error; before the first run, with `aborted`", async () => {
  const { clock, secrets } = mockedInstance();
  const { login, logins } = database();
  const controller = new AbortController();
  const work = outcome(secrets.withSecret("db", login, { isAuthError, signal: controller.signal }));
  await clock.advance("5s");
  const before = logins.length;
  controller.abort();
  await clock.settle();
  expect(await work).toBeInstanceOf(LoginRefused);
  expect(logins).toHaveLength(before);
  clock.assertIdle();
  const late = await refusal(secrets.withSecret("db", login, { isAuthError, signal: controller.signal }));
  expect(late.code).toBe("aborted");
  expect(logins).toHaveLength(before);
  await secrets.close();
});

test("an operation under way when it is aborted, or when the instance closes, does not run again", async () => {
  for (const end of ["abort", "close"] as const) {
    const { clock, secrets } = mockedInstance();
    const controller = new AbortController();
    const entered = vi.fn(async () => {
      await new Promise<void>((resolve) => clock.setTimer(resolve, 1000));
      throw new LoginRefused();
    });
    const work = outcome(secrets.withSecret("db", entered, { isAuthError, signal: controller.signal }));
    await clock.settle();
    if (end === "abort") controller.abort();
    else await secrets.close();
    await clock.advance("5s");
    expect(await work).toBeInstanceOf(LoginRefused);
    expect(entered).toHaveBeenCalledTimes(1);
    await secrets.close();
  }
});
