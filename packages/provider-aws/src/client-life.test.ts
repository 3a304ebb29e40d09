import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { SecretSource } from "@secretsource/core/source";
import { expect, expectTypeOf, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { testCredentials } from "../test/json-service.ts";
import { withFake } from "../test/with-fake.ts";
import { awsSecretsManager, type SecretsManagerMethods } from "./index.ts";
import { RegionClients } from "./region-clients.ts";

const readDb = (source: SecretSource, signal: AbortSignal) =>
  source.read({ name: "db", version: "current" }, { signal, bypassCaches: false });

test("an abort ends a read that waits for credentials", async () => {
  const controller = new AbortController();
  const credentials = () => {
    controller.abort();
    return new Promise<never>(() => {});
  };
  const { server, source } = await withFake({ credentials });
  await expect(readDb(source, controller.signal)).rejects.toThrow();
  expect(server.requests).toEqual([]);
});

test.each(["hang", "trickle"] as const)(
  "an abort ends a read during the fault %s, and its connection",
  async (fault) => {
    const controller = new AbortController();
    const { fake, server, source } = await withFake();
    fake.put("db", "1");
    await server.inject(fault);
    const reading = readDb(source, controller.signal);
    const request = await server.request(1);
    controller.abort();
    await expect(reading).rejects.toThrow();
    expect(await request.end).toBe("cut");
  },
);

test("with a signal that is aborted already, nothing is sent", async () => {
  const { server, source } = await withFake();
  await expect(readDb(source, AbortSignal.abort())).rejects.toThrow();
  expect(server.requests).toEqual([]);
});

test("a client that is handed in is used as it is, and never closed", async () => {
  const { fake, server } = await withFake();
  fake.put("db", "1");
  const client = new SecretsManager({ region: "eu-west-1", endpoint: server.url, credentials: testCredentials });
  expectTypeOf(client).toExtend<SecretsManagerMethods>();
  const destroy = vi.spyOn(client, "destroy");
  const source = awsSecretsManager({ client });
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  await source.close?.();
  expect(destroy).not.toHaveBeenCalled();
  expect(await ask(awsSecretsManager({ client }), "db")).toMatchObject({ payload: "1" });
  client.destroy();
});

test("one client a region: the home region's, and one for each region of an ARN", async () => {
  const made: (string | undefined)[] = [];
  const ended: string[] = [];
  const make = (region?: string) => {
    made.push(region);
    const own = region ?? "eu-west-1";
    return { region: async () => own, destroy: () => void ended.push(own) };
  };
  const clients = new RegionClients(make);
  const asked = [undefined, "eu-west-1", "us-east-1", "us-east-1", undefined];
  const regions = await Promise.all(asked.map(async (region) => (await clients.of(region)).region()));
  expect(regions).toEqual(["eu-west-1", "eu-west-1", "us-east-1", "us-east-1", "eu-west-1"]);
  expect(made).toEqual([undefined, "us-east-1"]);
  clients.close();
  expect(ended).toEqual(["eu-west-1", "us-east-1"]);
});

test("without a region of the program's own, an ARN's does; a client that cannot be made is tried again", async () => {
  let calls = 0;
  const make = (region?: string) => {
    calls += 1;
    if (calls === 1) throw new Error("The region is none");
    return {
      region: () => (region ? Promise.resolve(region) : Promise.reject(new Error("Region is missing"))),
      destroy() {},
    };
  };
  const clients = new RegionClients(make);
  await expect(clients.of("eu-west-1")).rejects.toThrow("region");
  expect(await (await clients.of("eu-west-1")).region()).toBe("eu-west-1");
});

test("a client that comes into being after the close is closed at once", async () => {
  const ended: string[] = [];
  const make = (region = "home") => ({ region: async () => region, destroy: () => void ended.push(region) });
  const clients = new RegionClients(make);
  const asked = clients.of(undefined);
  clients.close();
  await asked;
  expect(ended).toEqual(["home"]);
});
