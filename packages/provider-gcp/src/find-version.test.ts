import { describe, expect, test } from "vitest";
import { ask, askText } from "../test/ask.ts";
import type { GrpcServer } from "../test/fake/grpc-server.ts";
import { withGrpc } from "../test/with-fake.ts";

const methodsOf = ({ calls }: GrpcServer) => calls.map(({ method }) => method);

describe("previous", () => {
  test.each([
    ["latest", ["ListSecretVersions", "ListSecretVersions", "AccessSecretVersion"]],
    ["enabled", ["ListSecretVersions", "AccessSecretVersion"]],
  ] as const)("among 10,000 versions, with newest %j, takes these calls", async (newest, calls) => {
    const { secrets, server, source } = await withGrpc({ newest });
    for (let number = 1; number <= 10_000; number += 1) secrets.put("db", String(number));
    for (let number = 4; number < 10_000; number += 1) secrets.setState("db", "DESTROYED", String(number));
    expect(await askText(source, "db", "previous")).toBe("3");
    expect(methodsOf(server)).toEqual(calls);
    expect(server.calls[0]?.request).toMatchObject({ pageSize: 50, filter: "state:ENABLED" });
  });

  test("skips what is disabled or destroyed", async () => {
    const { secrets, source } = await withGrpc();
    for (const value of ["one", "two", "three", "four"]) secrets.put("db", value);
    secrets.setState("db", "DISABLED", "3");
    secrets.setState("db", "DESTROYED", "2");
    expect(await askText(source, "db", "previous")).toBe("one");
    secrets.setState("db", "DISABLED", "1");
    expect(await askText(source, "db", "previous")).toBe("version-not-found");
  });

  test("of pages that are short and not the last follows a few, and then says so", async () => {
    const { secrets, server, source } = await withGrpc();
    for (const value of ["one", "two"]) secrets.put("db", value);
    const real = secrets.answer.bind(secrets);
    let pages = 0;
    let until = 3;
    secrets.answer = (method, request) => {
      if (method !== "ListSecretVersions" || !request.filter) return real(method, request);
      pages += 1;
      return pages < until
        ? { versions: [], nextPageToken: `after-${pages}` }
        : real(method, { ...request, pageToken: "" });
    };
    expect(await askText(source, "db", "previous")).toBe("one");
    expect(server.calls.map(({ request }) => request.pageToken).filter(Boolean)).toEqual(["after-1", "after-2"]);
    until = Number.POSITIVE_INFINITY;
    pages = 0;
    expect(await ask(source, "db", "previous")).toMatchObject({
      failure: "unsupported",
      advice: expect.stringMatching(/4 pages/),
    });
    expect(pages).toBe(4);
  });

  test("is never the current one, where a page comes twice", async () => {
    const { secrets, source } = await withGrpc();
    for (const value of ["one", "two"]) secrets.put("db", value);
    const real = secrets.answer.bind(secrets);
    let pages = 0;
    secrets.answer = (method, request) => {
      if (method !== "ListSecretVersions" || !request.filter) return real(method, request);
      pages += 1;
      const [{ versions }, nextPageToken] = [real(method, { ...request, pageToken: "" }) as { versions: [] }, "again"];
      return { versions: versions.slice(0, 1), nextPageToken };
    };
    expect(await askText(source, "db", "previous")).toBe("unsupported");
    expect(pages).toBe(4);
  });

  test("without the permission to list says which one it is", async () => {
    const { secrets, source } = await withGrpc();
    secrets.put("db", "one");
    secrets.denied.add("ListSecretVersions");
    expect(await ask(source, "db", "previous")).toMatchObject({
      failure: "access-denied",
      advice: expect.stringContaining("`secretmanager.versions.list` (roles/secretmanager.viewer)"),
    });
    expect(await askText(source, "db")).toBe("one");
  });
});

test("current is one call, and one of them alone reads a value; the list is asked only where the last version cannot be used", async () => {
  const { secrets, server, source } = await withGrpc({ newest: "enabled" });
  for (const value of ["one", "two"]) secrets.put("db", value);
  await ask(source, "db");
  expect(methodsOf(server)).toEqual(["AccessSecretVersion"]);
  secrets.setState("db", "DISABLED");
  await ask(source, "db");
  expect(methodsOf(server).slice(1)).toEqual(["AccessSecretVersion", "ListSecretVersions", "AccessSecretVersion"]);
});

test("a version that is asked for by its number is not replaced by an older one", async () => {
  const { secrets, source } = await withGrpc({ newest: "enabled" });
  for (const value of ["one", "two"]) secrets.put("db", value);
  secrets.setState("db", "DISABLED");
  expect(await askText(source, "db", { id: "2" })).toBe("disabled");
});
