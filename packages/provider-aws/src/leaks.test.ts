import type { WireAnswer } from "@secretsource/conformance/wire";
import { assertLeaksNothing } from "@secretsource/core/testing";
import { expect, test } from "vitest";
import { errorAnswer } from "../test/json-service.ts";
import { withFake } from "../test/with-fake.ts";
import { withFakeParameters } from "../test/with-fake-parameters.ts";
import { failureOfName } from "./failure-names.ts";

// Shares no eight characters with anything that we say.
const canary = "kX7qzpR2V9wT4bN8sHd5Jm";
const sessionToken = "Zt6yWu1oPc3eRg0hLj5xQv";

/** Everything that an answer has room for holds the canary; the SDK attaches all of it to its errors. */
const hostile = (type: string, status = 400): WireAnswer => ({
  status,
  headers: { "x-amzn-requestid": `${canary} ${canary}`, "x-amzn-errortype": type, "x-canary": canary, server: canary },
  body: JSON.stringify({
    __type: type,
    message: `User: ${canary} is not authorized to perform: ${canary} on resource: ${canary}`,
    Message: canary,
    SecretString: canary,
    Parameter: { Value: canary },
  }),
});

const answers: readonly [string, WireAnswer][] = [
  ...[...failureOfName.keys()].map((name): [string, WireAnswer] => [name, hostile(name)]),
  ["a name that is a value", hostile(canary)],
  ["a name that is a value, and a status", hostile(canary, 403)],
  ["no JSON", { status: 200, body: `<html>${canary}</html>` }],
  ["no JSON, and a status", { status: 403, body: canary }],
  ["half of a JSON", { status: 200, body: `{"SecretString":"${canary}` }],
  [
    "an answer without its parts",
    { status: 200, body: JSON.stringify({ SecretString: canary, Parameter: { Value: canary } }) },
  ],
  ["a redirect", { status: 302, headers: { location: `http://127.0.0.1:1/${canary}` } }],
  ["a wait that is a value", { status: 429, headers: { "retry-after": canary, "x-amz-retry-after": canary } }],
];

const credentials = async () => ({ accessKeyId: "AKIDTESTTESTTEST", secretAccessKey: canary, sessionToken });

test.each([
  ["awsSecretsManager", withFake],
  ["awsParameterStore", withFakeParameters],
] as const)("no error of the SDK brings a value, a key or a token out of %s", async (_name, withIts) => {
  const { server, source } = await withIts({ credentials });
  for (const [what, answer] of answers) {
    await server.inject(answer);
    await assertLeaksNothing([canary, sessionToken], async () => {
      const context = { signal: AbortSignal.timeout(5000), bypassCaches: false };
      const said = async (call: () => Promise<unknown> | undefined) => {
        try {
          return await call();
        } catch (thrown) {
          return source.classify(thrown) ?? "unknown";
        }
      };
      const ref = { name: "/db", version: "current" } as const;
      return [
        await said(() => source.read(ref, context)),
        await said(() => source.batch?.read([ref, { name: "b", version: "current" }], context)),
        await said(() => source.probe?.(ref, context)),
        source,
        what,
      ];
    });
    await server.heal();
  }
});

test("what the SDK throws itself would bring it out", async () => {
  const { server } = await withFake();
  await server.inject(errorAnswer("AccessDeniedException", canary));
  const { SecretsManager } = await import("@aws-sdk/client-secrets-manager");
  const client = new SecretsManager({ region: "eu-west-1", endpoint: server.url, credentials, maxAttempts: 1 });
  const leak = assertLeaksNothing([canary], () => client.getSecretValue({ SecretId: "db" }).catch((error) => error));
  await expect(leak).rejects.toThrow("came out");
  client.destroy();
});
