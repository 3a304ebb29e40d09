import { inspect } from "node:util";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { mockedInstance } from "../../test/mocked-instance.ts";
import { refusal } from "../../test/outcomes.ts";
import type { LiveSecret } from "../rotation/live-secret.ts";
import type { ConfigItem } from "./config-item.ts";
import { env, live, loadConfig, secret } from "./index.ts";

const Db = z.object({ user: z.string() });

test("a handle in the config follows the rotations, and counts for health()", async () => {
  const { clock, source, secrets } = mockedInstance({ db: { user: "a" }, key: "k" });
  const config = await loadConfig({ db: live(secret("db", Db)), key: secret("key"), mode: "fast" }, { secrets, clock });
  expectTypeOf(config.db).toEqualTypeOf<LiveSecret<{ user: string }>>();
  expect(config.db.current.reveal()).toEqual({ user: "a" });
  // Everything is asked for in one turn.
  const reads = source.calls.filter(({ method }) => method !== "watch");
  expect(reads.map(({ method, request }) => `${method} ${request}`)).toEqual(["batch 2", "batch 2"]);
  source.rotate("db", { user: "b" });
  await clock.advance("5m");
  expect(config.db.current.reveal()).toEqual({ user: "b" });
  source.rotate("db", { name: "c" });
  await clock.advance("5m");
  expect(config.db.current.reveal()).toEqual({ user: "b" });
  // However often the store confirms that it still has what the schema does not accept.
  for (let looks = 0; looks < 4; looks++) {
    expect(secrets.health()).toMatchObject({ status: "degraded", problems: [{ secretName: "db" }] });
    await clock.advance("5m");
  }
  source.rotate("db", { user: "d" });
  await clock.advance("6m");
  expect([config.db.current.reveal(), secrets.health().status]).toEqual([{ user: "d" }, "ok"]);
  await secrets.close();
  clock.assertIdle();
});

test("`verify` gates it", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" });
  const verify = (next: { reveal(): string }) => {
    if (next.reveal() === "bad") throw new Error("refused");
  };
  const config = await loadConfig({ db: live(secret("db"), { verify }) }, { secrets, clock });
  source.rotate("db", "bad");
  await clock.advance("6m");
  expect([config.db.current.reveal(), config.db.current.stale]).toEqual(["one", "verify-failed"]);
  await secrets.close();
});

test("an incomplete config leaves nothing followed behind", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" });
  source.absent("none");
  const error = await refusal(loadConfig({ db: live(secret("db")), none: live(secret("none")) }, { secrets, clock }));
  expect(error.problems?.map(({ path, code }) => `${path} ${code}`)).toEqual(["none not-found"]);
  source.forgetCalls();
  await clock.advance("1h");
  source.assertNoCalls();
  clock.assertIdle();
  await secrets.close();
});

test("optional: undefined where the store has none; an override never rotates, and needs no store", async () => {
  const { clock, source, secrets } = mockedInstance({ db: "one" });
  source.absent("none");
  const spec = { none: live(secret("none", { optional: true })), db: live(secret("db", { env: "DB" })) };
  const config = await loadConfig(spec, { secrets, clock, env: { DB: "hunter2" } });
  expectTypeOf(config.none).toEqualTypeOf<LiveSecret<string> | undefined>();
  expect(config.none).toBeUndefined();
  expect(config.db.current.reveal()).toBe("hunter2");
  expect(config.db.current.metadata).toEqual({ variable: "DB" });
  config.db.onRotate(() => {})();
  config.db.close();
  const text = "[live secret db: read its current]";
  expect([JSON.stringify(config), inspect(config)]).toEqual([`{"db":"${text}"}`, `{ none: undefined, db: ${text} }`]);
  expect(source.calls.map(({ name }) => name)).not.toContain("db");
  await secrets.close();
});

test("a config with handles is printed without values", async () => {
  const { clock, secrets } = mockedInstance({ db: "hunter2" });
  const config = await loadConfig({ nested: [live(secret("db"))] }, { secrets, clock });
  const hard = inspect(config, { depth: 9, showHidden: true, getters: true, customInspect: false });
  expect(`${JSON.stringify(config)}${inspect(config, { depth: 9 })}${hard}`).not.toContain("hunter2");
  await secrets.close();
});

describe("mistakes", () => {
  test("are reported with everything else", async () => {
    const { clock, secrets } = mockedInstance({ db: "one" });
    const spec = {
      variable: live(env("PORT") as never),
      nothing: live("db" as never),
      twice: live(live(secret("db")) as never),
      option: live(secret("db"), { verfy: 1 } as never),
      hook: live(secret("db"), { verify: "x" as never }),
      name: live(secret("")),
    };
    const error = await refusal(loadConfig(spec, { secrets, clock }));
    expect(error.problems?.map(({ path, code }) => `${path} ${code}`)).toEqual(
      Object.keys(spec).map((path) => `${path} invalid-options`),
    );
    await secrets.close();
    clock.assertIdle();
  });

  test("are refused by the types", () => {
    expectTypeOf(live(secret("a"))).toEqualTypeOf<ConfigItem<LiveSecret<string>>>();
    // @ts-expect-error only a secret rotates
    live(env("A"));
    // @ts-expect-error it is a handle already
    live(live(secret("a")));
    live(secret("a", Db), { verify: (next) => void expectTypeOf(next.reveal()).toEqualTypeOf<{ user: string }>() });
  });
});
