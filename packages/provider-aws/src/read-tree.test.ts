import type { WireRequest } from "@secretsource/conformance/wire";
import { expect, test } from "vitest";
import { ask } from "../test/ask.ts";
import { errorAnswer } from "../test/json-service.ts";
import { withFakeParameters } from "../test/with-fake-parameters.ts";

const isPage = (page: number) => (request: WireRequest) => {
  const { NextToken = "0" } = JSON.parse(request.text) as { NextToken?: string };
  return NextToken === String(page);
};

async function withTree(size: number) {
  const made = await withFakeParameters();
  for (let index = 0; index < size; index += 1) made.fake.put(`/app/${String(index).padStart(2, "0")}`, `v${index}`);
  const pages = () => made.calls().map(([, { NextToken = "0" }]) => NextToken);
  return { ...made, pages };
}

function valuesIn(answer: object): Record<string, string> {
  return JSON.parse(String((answer as { payload?: unknown }).payload)) as Record<string, string>;
}

test("all parameters below a path are one secret, by the rest of their names", async () => {
  const { fake, source, calls } = await withFakeParameters();
  fake.put("/production/myapp/port", "8080", "String");
  fake.put("/production/myapp/db/password", 'p"w');
  fake.put("/production/myapp/db", "x");
  fake.put("/production/myapp", "not below");
  fake.put("/production/myapp2/port", "not below either");
  for (const name of ["/production/myapp/", "production/myapp/"]) {
    const answer = await ask(source, name);
    expect(answer).toMatchObject({
      payload: '{"db":"x","db/password":"p\\"w","port":"8080"}',
      metadata: { parameters: "3" },
      createdAt: expect.any(Number),
    });
    expect(answer).not.toHaveProperty("version");
  }
  expect(valuesIn(await ask(source, "/"))).toHaveProperty("production/myapp2/port");
  expect(calls().map(([operation, { Path }]) => `${operation} ${Path}`)).toEqual([
    "GetParametersByPath /production/myapp",
    "GetParametersByPath /production/myapp",
    "GetParametersByPath /",
  ]);
});

test("a tree of one page is one request; one of several is read twice, empty pages and all", async () => {
  const small = await withTree(10);
  expect(Object.keys(valuesIn(await ask(small.source, "/app/")))).toHaveLength(10);
  expect(small.pages()).toEqual(["0"]);
  const large = await withTree(25);
  const expected = Array.from({ length: 25 }, (_, index) => [String(index).padStart(2, "0"), `v${index}`]);
  expect(valuesIn(await ask(large.source, "/app/"))).toEqual(Object.fromEntries(expected));
  expect(large.pages()).toEqual(["0", "1", "2", "3", "0", "1", "2", "3"]);
});

test.each([
  ["changed", (fake: { put: (name: string, value: string) => unknown }) => fake.put("/app/00", "new")],
  ["removed", (fake: { remove: (name: string) => void }) => fake.remove("/app/03")],
])("a tree of which something is %s between its pages is read until two passes agree", async (_what, change) => {
  const { fake, source, pages } = await withTree(25);
  let changes = 0;
  fake.beforePage = (page) => {
    if (page !== 2 || changes > 0) return;
    changes += 1;
    change(fake);
  };
  const answer = await ask(source, "/app/");
  expect(pages()).toEqual(["0", "1", "2", "3", "0", "1", "2", "3", "0", "1", "2", "3"]);
  const calm = await ask(source, "/app/");
  expect(valuesIn(answer)).toEqual(valuesIn(calm));
});

test("a tree that never rests is unavailable after three passes", async () => {
  const { fake, source, pages } = await withTree(25);
  let count = 0;
  fake.beforePage = (page) => {
    count += 1;
    if (page === 2) fake.put("/app/00", `new ${count}`);
  };
  expect(await ask(source, "/app/")).toMatchObject({
    failure: "unavailable",
    advice: expect.stringContaining("3 passes"),
  });
  expect(pages()).toHaveLength(12);
});

test.each([1, 2, 3])("a page that fails fails the read: page %i", async (page) => {
  const { server, source } = await withTree(25);
  await server.inject(errorAnswer("InternalServerError", "no", 500), { where: isPage(page) });
  expect(await ask(source, "/app/")).toMatchObject({ failure: "unavailable" });
});

test("a tree without parameters is not found, and a denial names its permission", async () => {
  const { fake, source } = await withFakeParameters();
  expect(await ask(source, "/none/")).toMatchObject({
    failure: "not-found",
    advice: expect.stringMatching(/^No parameter below the path is in `eu-west-1`/),
  });
  fake.deny("GetParametersByPath");
  expect(await ask(source, "/none/")).toMatchObject({
    failure: "access-denied",
    advice: expect.stringContaining("`ssm:GetParametersByPath`"),
  });
});

test("a tree has neither versions nor labels, and no odd path", async () => {
  const { server, source } = await withTree(1);
  expect(await ask(source, "/app/", { id: "1" })).toMatchObject({ failure: "unsupported" });
  expect(await ask(source, "/app/", { label: "blue" })).toMatchObject({ failure: "unsupported" });
  for (const name of ["//", "/a//", "/a b/", "/a:1/"]) {
    expect(await ask(source, name)).toMatchObject({ failure: "invalid-request" });
  }
  expect(server.requests).toEqual([]);
});

test("pages that are no answer of the service, or lead nowhere, are no tree", async () => {
  const { server, source } = await withTree(1);
  for (const body of [
    '{"NextToken":"1"}',
    '{"Parameters":[{"Name":"/app/a"}]}',
    '{"Parameters":[{"Name":"/x","Value":"v","Version":1}]}',
  ]) {
    await server.inject({ body });
    expect(await ask(source, "/app/")).toMatchObject({ failure: "payload-corrupt" });
    await server.heal();
  }
  await server.inject({ body: '{"Parameters":[],"NextToken":"again"}' });
  expect(await ask(source, "/app/")).toMatchObject({ failure: "payload-corrupt" });
});
