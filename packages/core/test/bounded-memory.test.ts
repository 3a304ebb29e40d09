import { expect, test } from "vitest";
import { scriptedInstance } from "./scripted-instance.ts";

const mebibyte = 1024 * 1024;

test("a thousand secrets are kept, the one that was used longest ago goes first", async () => {
  const { secrets, source, clock } = scriptedInstance("value");
  for (let number = 0; number < 1000; number += 1) await secrets.getSecret(`s${number}`);
  await secrets.getSecret("s0");
  expect(source.calls).toHaveLength(1000);
  await secrets.getSecret("one more");
  await secrets.getSecret("s0");
  expect(source.calls).toHaveLength(1001);
  await secrets.getSecret("s1");
  expect(source.calls).toHaveLength(1002);
  clock.assertIdle();
});

test("made-up names push out no secret", async () => {
  const { secrets, source, clock } = scriptedInstance(({ ref }) =>
    Promise.resolve(ref.name.startsWith("s") ? { payload: "value" } : { failure: "not-found" }),
  );
  for (let number = 0; number < 1000; number += 1) await secrets.getSecret(`s${number}`);
  for (let number = 0; number < 3000; number += 1) {
    expect(await secrets.getSecret(`made up ${number}`, { optional: true })).toBeUndefined();
  }
  source.script({ failure: "unavailable" });
  await clock.advance("5m");
  for (const name of ["s0", "s500", "s999"]) {
    expect((await clock.until(secrets.getSecret(name))).stale).toBe("unavailable");
  }
  expect(secrets.status()).toHaveLength(2000);
});

test("64 MiB of payload are kept", async () => {
  const { secrets, source } = scriptedInstance(() => Promise.resolve({ payload: Buffer.alloc(24 * mebibyte, "a") }));
  await secrets.getSecret("a", { as: "bytes" });
  await secrets.getSecret("b", { as: "bytes" });
  await secrets.getSecret("a", { as: "bytes" });
  expect(source.calls).toHaveLength(2);
  await secrets.getSecret("c", { as: "bytes" });
  await secrets.getSecret("a", { as: "bytes" });
  expect(source.calls).toHaveLength(3);
  await secrets.getSecret("b", { as: "bytes" });
  expect(source.calls).toHaveLength(4);
});

test("a payload that is larger than all that may be kept is given all the same", async () => {
  const { secrets } = scriptedInstance(() => Promise.resolve({ payload: Buffer.alloc(65 * mebibyte, "a") }));
  expect((await secrets.getSecret("huge", { as: "bytes" })).reveal().length).toBe(65 * mebibyte);
});

test("a thousand schemas made on the fly do not make a thousand calls", async () => {
  const { secrets, source } = scriptedInstance("value");
  for (let made = 0; made < 1000; made += 1) {
    const schema = { "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) } } as const;
    await secrets.getSecret("db", { schema });
  }
  expect(source.calls).toHaveLength(1);
});
