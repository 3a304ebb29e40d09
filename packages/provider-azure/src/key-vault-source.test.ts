import type { WireRequest } from "@secretsource/conformance/wire";
import { describe, expect, test } from "vitest";
import { ask } from "../test/ask.ts";
import { hasToken, startVault, withFake } from "../test/with-fake.ts";

const seconds = (ms: number) => Math.floor(ms / 1000);

describe("a read", () => {
  test("gives the value with version, times, metadata and request id", async () => {
    const { vault, server, source } = await withFake();
    const created = seconds(Date.now()) - 60;
    const expires = created + 3600;
    const version = vault.set("production--myapp--db", '{"password":"p"}', {
      created,
      notBefore: created,
      expires,
      contentType: "application/json",
      tags: { owner: "payments" },
    });
    expect(await ask(source, "production/myapp/db")).toEqual({
      payload: '{"password":"p"}',
      version,
      createdAt: created * 1000,
      validFrom: created * 1000,
      validUntil: expires * 1000,
      metadata: {
        id: `${server.url}/secrets/production--myapp--db/${version}`,
        contentType: "application/json",
        updatedOn: new Date(created * 1000).toISOString(),
        "tag:owner": "payments",
      },
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test("sends the token with its second request, and from then on with each", async () => {
    const { entra, vault, server, source, calls } = await withFake();
    const first = vault.set("db", "1");
    await ask(source, "db");
    await ask(source, "db", { id: first });
    expect(server.requests.map(hasToken)).toEqual([false, true, true]);
    expect(calls()).toEqual(["/secrets/db/", `/secrets/db/${first}`]);
    expect(entra.logins).toBe(1);
  });

  test("before its activation and after its expiry is answered, with a warning", async () => {
    const { vault, source } = await withFake();
    const now = seconds(Date.now());
    vault.set("early", "1", { notBefore: now + 3600 });
    vault.set("late", "2", { expires: now - 3600 });
    vault.set("timely", "3", { notBefore: now - 3600, expires: now + 3600 });
    expect(await ask(source, "early")).toMatchObject({ payload: "1", warnings: [expect.stringContaining("before")] });
    expect(await ask(source, "late")).toMatchObject({ payload: "2", warnings: [expect.stringContaining("expired")] });
    expect(await ask(source, "timely")).not.toHaveProperty("warnings");
  });

  test("of bytes goes by the content type", async () => {
    const { vault, source } = await withFake();
    const bytes = Uint8Array.from([0, 255, 254, 10]);
    const value = Buffer.from(bytes).toString("base64");
    vault.set("key", value, { contentType: "application/octet-stream;base64" });
    vault.set("pfx", value, { contentType: "application/x-pkcs12", managed: true });
    vault.set("pem", "-----BEGIN PRIVATE KEY-----\n", { contentType: "application/x-pem-file", managed: true });
    vault.set("text", value, { contentType: "text/plain" });
    vault.set("none", "not base64!", { contentType: "image/png; BASE64" });
    expect(await ask(source, "key")).toMatchObject({ payload: bytes });
    expect(await ask(source, "pfx")).toMatchObject({ payload: bytes, metadata: { managed: "true" } });
    expect(await ask(source, "pem")).toMatchObject({ payload: "-----BEGIN PRIVATE KEY-----\n" });
    expect(await ask(source, "text")).toMatchObject({ payload: value });
    expect(await ask(source, "none")).toMatchObject({
      failure: "payload-corrupt",
      advice: expect.stringContaining("base64"),
    });
  });

  test("says under which name it looked, and which name would find a secret that is written with capitals", async () => {
    const { vault, source } = await withFake();
    vault.set("ConnectionStrings--Default", "1");
    const missing = await ask(source, "ConnectionStrings--Default");
    expect(missing).toMatchObject({
      failure: "not-found",
      advice: expect.stringContaining("`connectionstrings/default`"),
    });
    expect(await ask(source, "connectionstrings/default")).toMatchObject({ payload: "1" });
    expect(await ask(source, "ConnectionStrings/Default")).toMatchObject({
      advice: expect.stringContaining("`connectionstrings/default`"),
    });
    const plain = await ask(source, "plain");
    expect(plain).toMatchObject({ advice: expect.stringContaining("the vault") });
    expect(plain).not.toMatchObject({ advice: expect.stringContaining("looked for") });
  });
});

describe("the previous version", () => {
  test("is the newest enabled one before the current one, whatever order the list has", async () => {
    const { vault, source, calls } = await withFake();
    const created = seconds(Date.now()) - 1000;
    vault.set("db", "oldest", { created: created + 1 });
    vault.set("db", "former", { created: created + 2 });
    const disabled = vault.set("db", "disabled", { created: created + 3 });
    const current = vault.set("db", "current", { created: created + 4 });
    vault.disable("db", disabled);
    expect(await ask(source, "db", "previous")).toMatchObject({ payload: "former" });
    expect(calls()).toEqual(["/secrets/db/versions", expect.stringMatching(/^\/secrets\/db\/[0-9a-f]{32}$/)]);
    vault.disable("db", current);
    expect(await ask(source, "db", "previous")).toMatchObject({ payload: "former" });
  });

  test("of versions of one second is told by the service, and among older ones by their ids", async () => {
    const { vault, source, calls } = await withFake();
    const created = seconds(Date.now()) - 1000;
    const ids = ["1", "2", "3"].map((value) => vault.set("db", value, { created }));
    const [newest] = ids.slice(0, 2).toSorted().reverse();
    expect(await ask(source, "db", "previous")).toMatchObject({ version: newest });
    expect(await ask(source, "db", "previous")).toMatchObject({ version: newest });
    expect(calls().slice(0, 3)).toEqual(["/secrets/db/versions", "/secrets/db/", `/secrets/db/${newest}`]);
  });

  test("is looked for on every page of the list", async () => {
    const { vault, source, calls } = await withFake();
    const created = seconds(Date.now()) - 1000;
    for (let n = 0; n < 60; n += 1) vault.set("db", `${n}`, { created: created + n });
    expect(await ask(source, "db", "previous")).toMatchObject({ payload: "58" });
    expect(calls()).toHaveLength(4);
  });

  test("of a secret that is not there is not there; of one that has one version neither", async () => {
    const { vault, source } = await withFake();
    vault.set("one", "1");
    vault.set("off", "1");
    vault.disable("off");
    expect(await ask(source, "none", "previous")).toMatchObject({ failure: "not-found" });
    expect(await ask(source, "one", "previous")).toMatchObject({ failure: "version-not-found" });
    expect(await ask(source, "off", "previous")).toMatchObject({ failure: "version-not-found" });
  });

  test("needs the permission to list, and says so", async () => {
    const { vault, source } = await withFake();
    vault.set("db", "1");
    vault.deny("list");
    expect(await ask(source, "db", "previous")).toMatchObject({
      failure: "access-denied",
      advice: expect.stringContaining("readMetadata"),
    });
  });

  test("is given up where the list does not end", async () => {
    const { vault, server, source } = await withFake();
    vault.set("db", "1");
    vault.set("db", "2");
    const id = (n: number) => `${server.url}/secrets/db/${String(n).padStart(32, "0")}`;
    let pages = 0;
    const nextLink = `${server.url}/secrets/db/versions?api-version=7.6&$skiptoken=x`;
    const page = (value: object[]) => ({
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ value, nextLink }),
    });
    const isList = (request: WireRequest) => request.path.endsWith("/versions") && hasToken(request);
    await server.inject(() => page([{ id: id(1), attributes: { enabled: true } }]), { where: isList });
    expect(await ask(source, "db", "previous")).toMatchObject({ failure: "unsupported" });
    expect(server.requests.filter(isList)).toHaveLength(2);
    await server.heal();
    await server.inject(() => page([{ id: id(++pages), attributes: { enabled: true } }]), { where: isList });
    expect(await ask(source, "db", "previous")).toMatchObject({ failure: "unsupported" });
    expect(pages).toBe(41);
  });
});

describe("a full identifier", () => {
  test("names a secret as it is called, and its version", async () => {
    const { vault, server, source, calls } = await withFake();
    const first = vault.set("ConnectionStrings--Default", "1");
    vault.set("ConnectionStrings--Default", "2");
    const identifier = `${server.url}/secrets/ConnectionStrings--Default`;
    expect(await ask(source, identifier)).toMatchObject({ payload: "2" });
    expect(await ask(source, identifier, "previous")).toMatchObject({ payload: "1" });
    expect(await ask(source, `${identifier}/${first}`)).toMatchObject({ payload: "1" });
    expect(await ask(source, `${identifier}/${first}`, { id: first })).toMatchObject({ payload: "1" });
    const before = calls().length;
    expect(await ask(source, `${identifier}/${first}`, "previous")).toMatchObject({ failure: "invalid-request" });
    expect(await ask(source, `${identifier}/${first}`, { id: "0".repeat(32) })).toMatchObject({
      failure: "invalid-request",
    });
    expect(calls()).toHaveLength(before);
  });

  test("of another vault is followed where that is allowed, and nowhere else", async () => {
    const { entra, vault, source, server } = await withFake();
    const other = await startVault(entra, { name: "shared" });
    other.set("db", "other's");
    vault.set("db", "own");
    const identifier = `${other.server.url}/secrets/db`;
    expect(await ask(source, identifier)).toMatchObject({
      failure: "invalid-request",
      advice: expect.stringContaining("otherVaults"),
    });
    expect(server.requests.length + other.server.requests.length).toBe(0);
    const allowed = await withFake({ otherVaults: [other.server.url] });
    // One Entra issues for both: the other vault knows tokens of either.
    expect(await ask(allowed.source, identifier)).toMatchObject({ payload: "other's" });
    expect(await ask(allowed.source, "db")).toMatchObject({ failure: "not-found" });
    await other.server.close();
  });

  test.each([
    "https://myapp.vault.azure.net",
    "https://myapp.vault.azure.net/secrets/",
    "https://myapp.vault.azure.net/keys/db",
    "https://myapp.vault.azure.net/secrets/db/1",
    "https://myapp.vault.azure.net/secrets/../secrets/db",
    "https://myapp.vault.azure.net/secrets/db?x",
    "https://user@myapp.vault.azure.net/secrets/db",
    "http://myapp.vault.azure.net/secrets/db",
    "HTTPS://myapp.vault.azure.net/secrets/db",
    "https://myapp.vault.azure.net.example/secrets/db",
  ])("that is none is refused before the network is used: %s", async (name) => {
    const { server, source } = await withFake({});
    expect(await ask(source, name)).toMatchObject({ failure: "invalid-request" });
    expect(server.requests).toEqual([]);
  });
});

describe("a deleted secret", () => {
  test("is `deleted` where one asks to know, and found again when it is recovered", async () => {
    const { vault, source, calls } = await withFake({ tellDeleted: true });
    vault.set("db", "1");
    vault.remove("db");
    expect(await ask(source, "db")).toMatchObject({ failure: "deleted", advice: expect.stringContaining("recover") });
    const missing = await ask(source, "none");
    expect(missing).toMatchObject({ failure: "not-found" });
    expect(missing).not.toMatchObject({ advice: expect.stringContaining("deleted") });
    vault.deny("deleted");
    expect(await ask(source, "db")).toMatchObject({ failure: "not-found", advice: expect.stringContaining("may not") });
    vault.recover("db");
    expect(await ask(source, "db")).toMatchObject({ payload: "1" });
    expect(calls().slice(0, 2)).toEqual(["/secrets/db/", "/deletedsecrets/db"]);
  });

  test("is not said to be absent where nobody could tell", async () => {
    const { vault, server, source } = await withFake({ tellDeleted: true });
    vault.set("db", "1");
    vault.remove("db");
    await server.inject("unavailable", { where: ({ path }) => path.startsWith("/deletedsecrets/") });
    expect(await ask(source, "db")).toMatchObject({ failure: "unavailable" });
  });

  test("is `not-found` otherwise, by one request, and the advice says that it may have been deleted", async () => {
    const { vault, source, calls } = await withFake();
    vault.set("db", "1");
    vault.remove("db");
    expect(await ask(source, "db")).toMatchObject({
      failure: "not-found",
      advice: expect.stringContaining("list-deleted"),
    });
    expect(calls()).toEqual(["/secrets/db/"]);
  });
});
