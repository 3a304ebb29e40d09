import { describe, expect, test } from "vitest";
import { ask, askText } from "../test/ask.ts";
import { fakeProject } from "../test/fake/fake-secrets.ts";
import { withGrpc, withRest } from "../test/with-fake.ts";

describe.each([
  ["gRPC", withGrpc],
  ["REST", withRest],
])("over %s", (_transport, withFake: typeof withGrpc | typeof withRest) => {
  test("a record says where it is from, and that its checksum was compared", async () => {
    const { secrets, source } = await withFake();
    secrets.put("production/myapp/db", "one");
    expect(await ask(source, "production/myapp/db")).toEqual({
      payload: new Uint8Array(Buffer.from("one")),
      version: "1",
      metadata: {
        resource: "projects/123456789012/secrets/production--myapp--db/versions/1",
        checksum: "crc32c",
      },
    });
  });

  test("a checksum of nothing is that of no bytes alone", async () => {
    const { secrets, source } = await withFake();
    secrets.put("db", "one");
    const name = `projects/${fakeProject}/secrets/db/versions/1`;
    const { answer } = secrets;
    for (const [data, dataCrc32c, what] of [
      ["one", "0", "payload-corrupt"],
      ["one", undefined, "one"],
      ["", undefined, "payload-corrupt"],
      ["one", "-1", "payload-corrupt"],
    ] as const) {
      secrets.answer = () => ({ name, payload: { data: Buffer.from(data), ...(dataCrc32c && { dataCrc32c }) } });
      expect(await askText(source, "db")).toBe(what);
    }
    secrets.answer = answer;
  });

  test.each([
    "projects/foreign/secrets/db/versions/1",
    `projects/${fakeProject}/secrets/other/versions/1`,
    `projects/${fakeProject}/locations/europe-west3/secrets/db/versions/1`,
    `projects/${fakeProject}/secrets/db/versions/latest`,
    `projects/${fakeProject}/secrets/db/versions/1/x`,
    `projects/${fakeProject}/secrets/db`,
    "",
  ])("an answer that is about %j is none", async (name) => {
    const { secrets, source } = await withFake();
    secrets.answer = () => ({ name, payload: { data: Buffer.from("one") } });
    expect(await askText(source, "db")).toBe("payload-corrupt");
  });

  test("an answer about another version than the one that was asked for, or of another project's number, is none", async () => {
    const { secrets, source } = await withFake();
    const name = "projects/123/secrets/db/versions/2";
    secrets.answer = () => ({ name, payload: { data: Buffer.from("one") } });
    expect(await askText(source, "db", { id: "1" })).toBe("payload-corrupt");
    expect(await askText(source, "db", { id: "2" })).toBe("one");
    expect(await askText(source, "projects/124/secrets/db")).toBe("payload-corrupt");
    expect(await askText(source, "projects/123/secrets/db")).toBe("one");
  });

  test("a wrong checksum is a corrupt payload", async () => {
    const { secrets, source } = await withFake();
    secrets.put("db", "one");
    secrets.spoilsChecksum = true;
    expect(await ask(source, "db")).toMatchObject({ failure: "payload-corrupt" });
  });

  test("a full name is another project's secret, an id that no short name has, or a regional one", async () => {
    const { secrets, source } = await withFake();
    secrets.put("projects/other/secrets/db", "of another project");
    secrets.put(`projects/${fakeProject}/secrets/a-_b`, "of an id that no name has");
    secrets.put(`projects/${fakeProject}/locations/europe-west3/secrets/db`, "regional");
    expect(await askText(source, "projects/other/secrets/db")).toBe("of another project");
    expect(await askText(source, `projects/${fakeProject}/secrets/a-_b`)).toBe("of an id that no name has");
    expect(await askText(source, `projects/${fakeProject}/locations/europe-west3/secrets/db`)).toBe("regional");
    expect(await askText(source, "db")).toBe("not-found");
  });

  test("with a location, short names are regional", async () => {
    const { secrets, source } = await withFake({ location: "europe-west3" });
    secrets.put("db", "global");
    secrets.put("db", "regional", "europe-west3");
    expect(await askText(source, "db")).toBe("regional");
    expect(await askText(source, `projects/${fakeProject}/secrets/db`)).toBe("global");
  });

  test.each(["", "0", "01", "1.5", "latest", "9".repeat(19)])("no version has the id %j", async (id) => {
    const { secrets, source } = await withFake();
    secrets.put("db", "one");
    expect(await ask(source, "db", { id })).toMatchObject({ failure: "version-not-found" });
  });

  test.each(["latest", "NEW", "1", "a/b", "l".repeat(64)])("no alias is called %j", async (label) => {
    const { secrets, source } = await withFake();
    secrets.put("db", "one");
    expect(await ask(source, "db", { label })).toMatchObject({ failure: "version-not-found" });
  });

  test('with `newest: "enabled"` a version is taken back by disabling it', async () => {
    const { secrets, source } = await withFake({ newest: "enabled" });
    for (const value of ["one", "two", "three"]) secrets.put("db", value);
    expect(await askText(source, "db")).toBe("three");
    secrets.setState("db", "DISABLED");
    expect([await askText(source, "db"), await askText(source, "db", "previous")]).toEqual(["two", "one"]);
    const signal = AbortSignal.timeout(2000);
    expect(await source.probe?.({ name: "db", version: "current" }, { signal, bypassCaches: false })).toEqual({
      version: "2",
    });
    secrets.setState("db", "DESTROYED", "3");
    expect(await askText(source, "db")).toBe("two");
    for (const number of ["1", "2"]) secrets.setState("db", "DISABLED", number);
    expect(await askText(source, "db")).toBe("deleted");
  });

  test("without it, what is disabled or destroyed stays current", async () => {
    const { secrets, source } = await withFake();
    for (const value of ["one", "two"]) secrets.put("db", value);
    secrets.setState("db", "DISABLED");
    expect([await askText(source, "db"), await askText(source, "db", "previous")]).toEqual(["disabled", "one"]);
    secrets.setState("db", "DESTROYED");
    expect([await askText(source, "db"), await askText(source, "db", "previous")]).toEqual(["deleted", "one"]);
  });
});
