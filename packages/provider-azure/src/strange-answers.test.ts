import { jsonAnswer, type WireRequest } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import { expect, test } from "vitest";
import { ask } from "../test/ask.ts";
import { failed } from "../test/fake-key-vault.ts";
import { hasToken, withFake } from "../test/with-fake.ts";

const id = "0123456789abcdef0123456789abcdef";
const [low, high] = ["1".repeat(32), "f".repeat(32)];
const created = 1_700_000_000;

/** What a read makes of a vault that answers with this, instead of or besides what a good answer has. */
async function answered(part: object) {
  const { server, source } = await withFake();
  const attributes = { enabled: true, created, updated: created };
  const good = { value: "1", id: `${server.url}/secrets/db/${id}`, attributes };
  await server.inject(jsonAnswer({ ...good, ...part }), { where: hasToken });
  return ask(source, "db");
}

test("what is null was left out, and a zero is a time", async () => {
  const nothing = { contentType: null, tags: null, kid: null, managed: null };
  const record = await answered({ ...nothing, attributes: { created, updated: null, nbf: null, exp: null } });
  expect(record).toEqual({
    payload: "1",
    version: id,
    createdAt: created * 1000,
    metadata: { id: expect.any(String) },
  });
  expect(await answered({ attributes: { created, nbf: 0 } })).toMatchObject({ payload: "1", validFrom: 0 });
});

test.each([
  ["a time that no calendar has", { attributes: { created, updated: 1e20 } }],
  ["an expiry that no calendar has", { attributes: { created, exp: 1e20 } }],
  ["a word for a time", { attributes: { created, nbf: "soon" } }],
  ["a number for a content type", { contentType: 7 }],
  ["an object for a tag", { tags: { owner: { toString: 1 } } }],
])("an answer with %s is none of the service's", async (_, part) => {
  expect(await answered(part)).toMatchObject({ failure: "payload-corrupt", advice: expect.any(String) });
});

const isList = ({ path }: WireRequest) => path.endsWith("/versions");

test.each<[string, (own: string, other: string) => object[]]>([
  [
    "a version without its time",
    (own) => [
      { id: own + high, attributes: {} },
      { id: own + low, attributes: { created } },
    ],
  ],
  ["versions without attributes", (own) => [{ id: own + high }, { id: own + low }]],
  [
    "a time that no calendar has",
    (own) => [high, low].map((one) => ({ id: own + one, attributes: { created: 1e20 } })),
  ],
  [
    "versions of another secret",
    (_, other) => [high, low].map((one) => ({ id: other + one, attributes: { created } })),
  ],
])("no version of a list with %s is the previous one", async (_, list) => {
  const { vault, server, source, calls } = await withFake();
  for (const one of [low, high]) vault.set("db", one, { id: one } as object);
  const value = list(`${server.url}/secrets/db/`, `${server.url}/secrets/other/`);
  await server.inject(jsonAnswer({ value }), { where: (request) => isList(request) && hasToken(request) });
  expect(await ask(source, "db", "previous")).toMatchObject({ failure: "payload-corrupt" });
  expect(calls()).toHaveLength(1);
});

test.each([
  ["names no version", "db"],
  ["is about another secret", `other/${id}`],
])(
  "where versions are of one second, and the answer about the current one %s, none is the previous one",
  async (_, path) => {
    const { vault, server, source } = await withFake();
    for (const value of ["1", "2"]) vault.set("db", value, { created });
    const strange = jsonAnswer({ value: "2", id: `${server.url}/secrets/${path}`, attributes: { created } });
    await server.inject(strange, { where: (request) => hasToken(request) && request.path === "/secrets/db/" });
    expect(await ask(source, "db", "previous")).toMatchObject({ failure: "payload-corrupt" });
  },
);

test("the version before a disabled one of the same second is the previous one, whichever id is the greater", async () => {
  const { vault, source } = await withFake();
  vault.set("db", "1", { created, id: high } as object);
  vault.set("db", "2", { created, id: low, enabled: false } as object);
  expect(await ask(source, "db", "previous")).toMatchObject({ payload: "1" });
});

test("a connection that breaks on a later page is no answer: the read is tried again", async () => {
  const { vault, server, source } = await withFake();
  for (let n = 0; n < 30; n += 1) vault.set("db", `${n}`);
  const isSecondPage = ({ query }: WireRequest) => query.has("$skiptoken");
  await server.inject("reset-before", { where: isSecondPage });
  expect(await ask(source, "db", "previous")).toEqual({
    failure: "unavailable",
    advice: expect.stringContaining("connection"),
    native: { name: "RestError", code: "ECONNRESET" },
  });
  await server.heal();
  await server.inject("reset-before", { where: isSecondPage, times: 1 });
  const secrets = createSecrets({ source });
  expect((await secrets.getSecret("db", { version: "previous" })).reveal()).toBe("28");
  await secrets.close();
});

test("an outage has an advice, and a deletion that is under way another one", async () => {
  const { server, source } = await withFake();
  await server.inject({ status: 503, body: "<html>", headers: { "content-type": "text/html" } }, { times: 1 });
  expect(await ask(source, "db")).toMatchObject({
    failure: "unavailable",
    advice: expect.stringContaining("status page"),
  });
  await server.inject(failed(409, "Conflict", "No", { inner: "ObjectIsBeingDeleted" }));
  expect(await ask(source, "db")).toMatchObject({
    failure: "unavailable",
    advice: expect.stringContaining("recovered"),
  });
});
