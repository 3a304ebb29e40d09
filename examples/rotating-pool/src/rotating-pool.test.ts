import { testSecrets } from "@secretsource/core/testing";
import { expect, test } from "vitest";
import { FakeDatabase } from "./fake-database.ts";
import { RotatingPool } from "./rotating-pool.ts";

const name = "production/shop/db";
const credential = (password: string) => ({ username: "shop", password });

async function opened() {
  const { secrets, source, clock, close } = testSecrets({ [name]: credential("one") });
  const database = new FakeDatabase("one");
  const pool = await RotatingPool.open(secrets, name, database.connect);
  await pool.query("SELECT 1");
  return { secrets, source, clock, database, pool, close };
}

test("follows a rotation: new connections have the new password, and none of the old is left", async () => {
  const { source, clock, database, pool, close } = await opened();
  expect(database.open).toEqual(["one"]);
  database.passwords = ["one", "two"];
  source.rotate(name, credential("two"));
  await clock.advance("5m");
  expect(await pool.query("SELECT 2")).toBe("SELECT 2: done");
  expect(database.open).toEqual(["two"]);
  await pool.close();
  expect(database.open).toEqual([]);
  await close();
});

test("never uses a password that the database does not take", async () => {
  const { secrets, source, clock, database, pool, close } = await opened();
  const rejected: unknown[] = [];
  secrets.on((event) => {
    if (event.type === "rejected") rejected.push(event.code);
  });
  source.rotate(name, credential("mistyped"));
  await clock.advance("5m");
  expect(await pool.query("SELECT 2")).toBe("SELECT 2: done");
  expect(database.open).toEqual(["one"]);
  expect(rejected).toEqual(["verify-failed"]);
  await pool.close();
  await close();
});

test("no query fails while the database has the new password already and the store says `pending`", async () => {
  const { source, clock, database, pool, close } = await opened();
  source.stage(name, credential("two"));
  database.passwords = ["two"];
  const queries = Array.from({ length: 20 }, (_, index) => pool.query(`SELECT ${index}`));
  expect(new Set(await clock.until(Promise.all(queries))).size).toBe(20);
  source.promote(name);
  await clock.advance("5m");
  expect(await pool.query("SELECT 3")).toBe("SELECT 3: done");
  expect(new Set(database.open)).toEqual(new Set(["two"]));
  await pool.close();
  await close();
});
