import { SecretManagerServiceClient } from "@google-cloud/secret-manager";
import { expect, expectTypeOf, test, vi } from "vitest";
import { gcpSecretManager, type SecretManagerMethods } from "../src/index.ts";
import { SecretManagerClients } from "../src/secret-manager-clients.ts";
import { secretManagerSettings } from "../src/secret-manager-options.ts";
import { ask, askText } from "./ask.ts";
import { fakeProject } from "./fake/fake-secrets.ts";
import { RpcError } from "./fake/rpc-error.ts";
import { sandboxedEnvironment } from "./sandboxed-environment.ts";
import { usersClient } from "./users-client.ts";
import { withGrpc } from "./with-fake.ts";

test("a client that is handed in is used as it is, without its retries, and never closed", async () => {
  const { secrets, server } = await withGrpc();
  secrets.put("db", "one");
  const client = usersClient(server);
  expectTypeOf(client).toExtend<SecretManagerMethods>();
  const close = vi.spyOn(client, "close");
  const source = gcpSecretManager({ client, projectId: fakeProject, secretDetails: true });
  expect(await askText(source, "db")).toBe("one");
  expect(await askText(source, "db", "previous")).toBe("version-not-found");
  const before = server.calls.length;
  server.fault = new RpcError("UNAVAILABLE", "no");
  expect(await ask(source, "db", { id: "1" })).toMatchObject({ failure: "unavailable" });
  expect(
    server.calls
      .slice(before)
      .map(({ method }) => method)
      .sort(),
  ).toEqual(["AccessSecretVersion", "GetSecret"]);
  server.fault = undefined;
  await source.close?.();
  expect(close).not.toHaveBeenCalled();
  expect(await askText(gcpSecretManager({ client, projectId: fakeProject }), "db")).toBe("one");
});

test("a client that is handed in and has no credentials is a failure, and not the end of the process", async () => {
  sandboxedEnvironment();
  vi.stubEnv("METADATA_SERVER_DETECTION", "none");
  const client = new SecretManagerServiceClient({ projectId: fakeProject });
  const source = gcpSecretManager({ client, projectId: fakeProject });
  for (const _ of [1, 2]) {
    expect(await ask(source, "db")).toMatchObject({
      failure: "unauthenticated",
      advice: expect.stringMatching(/no credentials.*The `client` does not look again/),
    });
  }
});

test("one client, and one for each location; with an endpoint, one", async () => {
  const made: (string | undefined)[] = [];
  const closed: (string | undefined)[] = [];
  const make = () => ({
    projectId: async () => "p",
    close: () => void closed.push("credentials"),
    makeClient(location: string | undefined) {
      made.push(location);
      return { initialize: async () => {}, close: async () => void closed.push(location) } as never;
    },
  });
  const clients = new SecretManagerClients(secretManagerSettings({}), make);
  await Promise.all([undefined, "a", undefined, "b", "a"].map((location) => clients.of(location, "p")));
  expect(made).toEqual([undefined, "a", "b"]);
  await clients.close();
  expect(closed).toEqual(["credentials", undefined, "a", "b"]);
  made.length = 0;
  const atEndpoint = new SecretManagerClients(secretManagerSettings({ endpoint: "https://10.0.0.1" }), make);
  await Promise.all([undefined, "a"].map((location) => atEndpoint.of(location, "p")));
  expect(made).toEqual([undefined]);
});

test("a client that is dropped is closed, and the next read has another", async () => {
  let made = 0;
  const close = vi.fn(async () => {});
  const makeClient = () => {
    made += 1;
    return { initialize: async () => {}, close } as never;
  };
  const clients = new SecretManagerClients(secretManagerSettings({}), () => ({
    makeClient,
    projectId: async () => "p",
    close: () => {},
  }));
  const first = (await clients.of(undefined, "p")) as SecretManagerMethods;
  clients.drop(first);
  clients.drop(first);
  expect(close).toHaveBeenCalledTimes(1);
  expect(await clients.of(undefined, "p")).not.toBe(first);
  expect(made).toBe(2);
});
