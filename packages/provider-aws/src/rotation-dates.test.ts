import { expect, test } from "vitest";
import { ask, askProbe } from "../test/ask.ts";
import { withFake } from "../test/with-fake.ts";

const dayMs = 24 * 60 * 60 * 1000;

test("a probe names the version at each stage, and no value travels", async () => {
  const { fake, source, calls } = await withFake();
  const first = fake.put("db", "1");
  const second = fake.put("db", "2");
  const third = fake.stage("db", "3");
  fake.label("db", "blue", first);
  expect(await askProbe(source, "db")).toEqual({ version: second });
  expect(await askProbe(source, "db", "previous")).toEqual({ version: first });
  expect(await askProbe(source, "db", "pending")).toEqual({ version: third });
  expect(await askProbe(source, "db", { label: "blue" })).toEqual({ version: first });
  expect(await askProbe(source, "db", { id: first })).toEqual({ version: first });
  expect(await askProbe(source, "db", { label: "none" })).toMatchObject({ failure: "version-not-found" });
  fake.moveCurrentTo("db", "AWSPENDING");
  expect(await askProbe(source, "db", "pending")).toMatchObject({ failure: "version-not-found" });
  expect(await askProbe(source, "none")).toMatchObject({ failure: "not-found" });
  expect(await askProbe(source, "no name")).toMatchObject({ failure: "invalid-request" });
  expect(new Set(calls().map(([operation]) => operation))).toEqual(new Set(["DescribeSecret"]));
});

test("a probe says deleted, and which permission it lacks", async () => {
  const { fake, source } = await withFake();
  fake.put("gone", "x");
  fake.remove("gone");
  fake.put("db", "x");
  expect(await askProbe(source, "gone")).toMatchObject({ failure: "deleted" });
  fake.deny("DescribeSecret");
  expect(await askProbe(source, "db")).toMatchObject({
    failure: "access-denied",
    advice: expect.stringContaining("`secretsmanager:DescribeSecret`"),
  });
});

test("a probe tells the next rotation of the current version; one that is overdue is not made up", async () => {
  const { fake, source } = await withFake();
  fake.put("db", "1");
  fake.put("db", "2");
  fake.rotates("db", Date.now() - dayMs, Date.now() + dayMs);
  const { changesInMs = 0 } = (await askProbe(source, "db")) as { changesInMs?: number };
  expect(changesInMs).toBeGreaterThan(dayMs - 10_000);
  expect(changesInMs).toBeLessThanOrEqual(dayMs);
  expect(await askProbe(source, "db", "previous")).not.toHaveProperty("changesInMs");
  fake.rotates("db", Date.now() - 2 * dayMs, Date.now() - dayMs);
  expect(await askProbe(source, "db")).not.toHaveProperty("changesInMs");
});

test("with `rotationDates` a record bears them; there is no batch, and a read is two requests", async () => {
  const { fake, source, calls } = await withFake({ rotationDates: true });
  fake.put("db", "1");
  fake.put("db", "2");
  const [lastAt, nextAt] = [Date.now() - dayMs, Date.now() + dayMs];
  fake.rotates("db", lastAt, nextAt);
  expect(source.batch).toBeUndefined();
  expect(await ask(source, "db")).toMatchObject({
    payload: "2",
    changesInMs: expect.any(Number),
    metadata: {
      arn: fake.arnOf("db"),
      lastRotated: new Date(lastAt).toISOString(),
      nextRotation: new Date(nextAt).toISOString(),
    },
  });
  expect(
    calls()
      .map(([operation]) => operation)
      .sort(),
  ).toEqual(["DescribeSecret", "GetSecretValue"]);
  expect(await ask(source, "db", "previous")).not.toHaveProperty("changesInMs");
  expect(await ask(source, "none")).toMatchObject({ failure: "not-found" });
});

test("with `rotationDates` and without the permission, the value comes with a warning", async () => {
  const { fake, source } = await withFake({ rotationDates: true });
  fake.put("db", "1");
  fake.deny("DescribeSecret");
  expect(await ask(source, "db")).toMatchObject({
    payload: "1",
    warnings: [expect.stringContaining("`secretsmanager:DescribeSecret`")],
  });
});
