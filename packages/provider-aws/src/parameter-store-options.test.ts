import { SSM } from "@aws-sdk/client-ssm";
import { isSecretsError } from "@secretsource/core";
import { expect, expectTypeOf, test, vi } from "vitest";
import { ask } from "../test/ask.ts";
import { testCredentials } from "../test/json-service.ts";
import { withFakeParameters } from "../test/with-fake-parameters.ts";
import { awsParameterStore, type ParameterStoreMethods } from "./index.ts";

const canary = "kX7qzpR2V9wT4bN8sHd5Jm";

test.each<[string, () => unknown]>([
  ["expiryDates", () => awsParameterStore({ expiryDates: canary as never })],
  ["no option", () => awsParameterStore({ rotationDates: true } as never)],
  ["a `SSM` of @aws-sdk/client-ssm", () => awsParameterStore({ client: { send: () => canary } as never })],
  ["must be a region's name", () => awsParameterStore({ region: `${canary}!` })],
  ["has no path", () => awsParameterStore.fromUri(`aws-parameter-store:/${canary}`)],
  ["begin with `aws-parameter-store:`", () => awsParameterStore.fromUri(`aws-secrets-manager:?region=${canary}`)],
])("what is wrong is refused, and not quoted: %s", (words, make) => {
  const refused = vi.fn(make);
  expect(refused).toThrow(words);
  const value: unknown = refused.mock.results[0]?.value;
  expect(isSecretsError(value) && value.code).toBe("invalid-options");
  expect(String(value)).not.toContain(canary);
});

test("a URI makes a source", () => {
  expect(awsParameterStore.fromUri("aws-parameter-store:?region=eu-west-1")).toMatchObject({
    kind: "aws-parameter-store",
  });
});

test("a client that is handed in is used as it is, and never closed", async () => {
  const { fake, server } = await withFakeParameters();
  fake.put("/db", "1");
  const client = new SSM({ region: "eu-west-1", endpoint: server.url, credentials: testCredentials });
  expectTypeOf(client).toExtend<ParameterStoreMethods>();
  const destroy = vi.spyOn(client, "destroy");
  const source = awsParameterStore({ client });
  expect(await ask(source, "/db")).toMatchObject({ payload: "1" });
  await source.close?.();
  expect(destroy).not.toHaveBeenCalled();
  client.destroy();
});
