import dns from "node:dns";
import { createSecrets, type SecretsEvent } from "@secretsource/core";
import type { SecretRecord } from "@secretsource/core/source";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ask, askBatch } from "../test/ask.ts";
import { environment } from "../test/bare-environment.ts";
import { testCredentials } from "../test/json-service.ts";
import { withFake } from "../test/with-fake.ts";
import { withFakeParameters } from "../test/with-fake-parameters.ts";
import { ClearText } from "./clear-text.ts";
import { awsSecretsManager } from "./index.ts";

const warning = expect.stringMatching(/`emulator\.example` in clear text.*https/);

// A host of a network of containers, say; it leads to the fake.
beforeEach(() => {
  vi.spyOn(dns, "lookup").mockImplementation(((
    _name: string,
    options: { all?: boolean },
    done: (...found: unknown[]) => void,
  ) => {
    if (options.all === true) done(null, [{ address: "127.0.0.1", family: 4 }]);
    else done(null, "127.0.0.1", 4);
  }) as never);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const elsewhere = (url: string) => url.replace("127.0.0.1", "emulator.example");

test("the first record that came over plain HTTP from another machine says so, and no other one", async () => {
  const { fake, server } = await withFake();
  for (const name of ["a", "b", "c"]) fake.put(name, name);
  const make = () =>
    awsSecretsManager({ region: "eu-west-1", endpoint: elsewhere(server.url), credentials: testCredentials });
  const [one, other] = [make(), make()];
  expect(await ask(one, "none")).toMatchObject({ failure: "not-found" });
  expect(await ask(one, "a")).toMatchObject({ payload: "a", warnings: [warning] });
  expect(await ask(one, "b")).not.toHaveProperty("warnings");
  const [first, ...rest] = (await askBatch(other, ["a", "b", "c"])) as SecretRecord[];
  expect(first).toMatchObject({ warnings: [warning] });
  expect(rest.map(({ warnings }) => warnings)).toEqual([undefined, undefined]);
  await Promise.all([one, other].map((source) => source.close?.()));
});

test("also where a variable leads there, and as one event", async () => {
  const { fake, server } = await withFake();
  fake.put("a", "1");
  environment({
    AWS_ACCESS_KEY_ID: testCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: testCredentials.secretAccessKey,
    AWS_REGION: "eu-west-1",
    AWS_ENDPOINT_URL: elsewhere(server.url),
  });
  const events: SecretsEvent[] = [];
  await using secrets = createSecrets({ source: awsSecretsManager() });
  secrets.on((event) => events.push(event));
  expect((await secrets.getSecret("a")).reveal()).toBe("1");
  expect(events.filter(({ type }) => type === "warning")).toMatchObject([{ secretName: "a", message: warning }]);
});

test("of Parameter Store, too, and nothing is said of this machine", async () => {
  const { fake, server, source } = await withFakeParameters();
  fake.put("/a", "1");
  expect(await ask(source, "/a")).not.toHaveProperty("warnings");
  const abroad = await withFakeParameters({ endpoint: elsewhere(server.url) });
  expect(await ask(abroad.source, "/a")).toMatchObject({ warnings: [warning] });
});

test.each([
  ["https:", "emulator.example", false],
  ["http:", "localhost", false],
  ["http:", "127.8.9.1", false],
  ["http:", "[::1]", false],
  ["http:", "128.0.0.1", true],
  ["http:", "localhost.example", true],
  ["http:", "127.0.0.1.example", true],
])("%s//%s is in clear text and abroad: %s", (protocol, hostname, isTold) => {
  const clearText = new ClearText();
  clearText.notice({ protocol, hostname });
  expect(clearText.told<SecretRecord>({ payload: "v" }).warnings !== undefined).toBe(isTold);
});
