import dns from "node:dns";
import { globalAgent } from "node:http";
import { createServer } from "node:net";
import type { WireAnswer } from "@secretsource/conformance/wire";
import { createSecrets } from "@secretsource/core";
import type { FailureCode } from "@secretsource/core/source";
import { assertLeaksNothing } from "@secretsource/core/testing";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { ask } from "../../test/ask.ts";
import { serviceError } from "../../test/fake-secrets-agent.ts";
import { localUrl, withFakeAgent, withFakeExtension } from "../../test/with-fake-agent.ts";
import { awsSecretsAgent } from "../index.ts";

const canary = "hunter2-canary";
const page = { status: 404, headers: { "content-type": "text/html" }, body: "<h1>hunter2</h1>" };
const denied =
  'User: arn:aws:sts::1:assumed-role/"a" is not authorized to perform: secretsmanager:GetSecretValue on resource: hunter2 because no identity-based policy allows it';

// The agent's own answers (server.rs, parse.rs, cache_manager.rs), then those of the service that it hands on.
test.each<[string, WireAnswer, FailureCode, RegExp?]>([
  ["a wrong token", { status: 403, body: "Bad Token" }, "unauthenticated", /does not accept the token/],
  ["a forwarded request", { status: 400, body: "Forwarded" }, "unavailable", /X-Forwarded-For/],
  [
    "a parameter that it does not know",
    { status: 400, body: "unknown parameter: hunter2" },
    "invalid-request",
    /`cache`/,
  ],
  ["another path", { status: 404, body: "Not found" }, "unavailable", /Something other/],
  ["another method", { status: 405, body: "Not allowed" }, "unavailable"],
  ["too many connections", { status: 429, body: "Connection limit exceeded" }, "throttled", /max_conn/],
  ["an error of its own", serviceError(500, "InternalFailure", ""), "unavailable", /its log|see its log/],
  ["a page of somebody else", page, "unavailable", /Something other/],
  ["no JSON", { body: "hunter2" }, "payload-corrupt"],
  ["JSON that is no object", { body: '"hunter2"' }, "payload-corrupt"],
  ["an object that is no secret", { body: '{"SecretString":"hunter2"}' }, "payload-corrupt"],
  ["a service that it cannot reach", serviceError(502, "ConnectionError", "Read Error"), "unavailable", /cannot reach/],
  ["a service that is late", serviceError(504, "TimeoutError", "Timeout"), "timeout", /cannot reach/],
  [
    "a name that is not there",
    serviceError(400, "ResourceNotFoundException", "hunter2"),
    "not-found",
    /agent.s region/,
  ],
  [
    "a version that is not there",
    serviceError(400, "ResourceNotFoundException", "the secret value for hunter2"),
    "version-not-found",
  ],
  [
    "a denial, whose text is not escaped",
    serviceError(400, "AccessDeniedException", denied),
    "access-denied",
    /`secretsmanager:GetSecretValue`.* the agent runs as/,
  ],
  [
    "credentials of its own that have ended",
    serviceError(400, "ExpiredTokenException", "hunter2"),
    "unauthenticated",
    /of the agent itself/,
  ],
  ["a deleted secret", serviceError(400, "InvalidRequestException", "it was marked for deletion"), "deleted"],
  [
    "a key that may not be used",
    serviceError(400, "AccessDeniedException", "Access to KMS is not allowed"),
    "decryption-failed",
  ],
  ["throttling", serviceError(400, "ThrottlingException", "Rate exceeded"), "throttled"],
  ["a fault of the service", serviceError(500, "InternalServiceError", "hunter2"), "unavailable"],
])("%s", async (_what, answer, failure, advice = /^/) => {
  const { fake, source } = await withFakeAgent();
  await fake.server.inject(answer);
  const said = await ask(source, "db");
  expect(said).toMatchObject({ failure });
  expect((said as { advice?: string }).advice ?? "").toMatch(advice);
  expect(JSON.stringify(said)).not.toContain("hunter2");
});

test("an answer about another secret is none", async () => {
  const { fake, source } = await withFakeAgent();
  fake.service.put("other", "hunter2");
  await ask(source, "other");
  const body = JSON.stringify({
    Name: "other",
    ARN: fake.service.arnOf("other"),
    VersionId: "v",
    SecretString: "hunter2",
  });
  await fake.server.inject({ body });
  const said = await ask(source, "db");
  expect(said).toMatchObject({ failure: "payload-corrupt" });
  expect(JSON.stringify(said)).not.toContain("hunter2");
});

test("bytes that are no whole base64 are none", async () => {
  const { fake, source } = await withFakeAgent();
  fake.service.put("db", "1");
  const good = { Name: "db", ARN: fake.service.arnOf("db"), VersionId: "v", VersionStages: ["AWSCURRENT"] };
  await fake.server.inject({ body: JSON.stringify({ ...good, SecretBinary: "AAEC" }) }, { times: 1 });
  expect(await ask(source, "db")).toMatchObject({ payload: Buffer.from([0, 1, 2]) });
  for (const SecretBinary of ["AAE*", "AAE", "AAEC AAEC"]) {
    await fake.server.heal();
    await fake.server.inject({ body: JSON.stringify({ ...good, SecretBinary }) });
    expect(await ask(source, "db")).toMatchObject({ failure: "payload-corrupt" });
  }
});

test("whatever is answered, there is an outcome, and it shows nothing of it", async () => {
  const statuses = fc.constantFrom(200, 204, 302, 400, 401, 403, 404, 429, 500, 502, 503, 504);
  const pieces = fc.constantFrom(
    '{"__type":"',
    '", "message":"',
    "}",
    "{",
    "null",
    canary,
    '"SecretString":"',
    "\u0000",
    "Exception",
  );
  const bodies = fc.array(pieces).map((parts) => parts.join(""));
  const answers = fc.tuple(statuses, fc.oneof(bodies, fc.json()));
  const { fake, secrets, parameters } = await withFakeExtension();
  const { fake: agent, source } = await withFakeAgent();
  await fc.assert(
    fc.asyncProperty(answers, async ([status, body]) => {
      for (const { server } of [fake, agent]) {
        await server.heal();
        await server.inject({ status, body });
      }
      for (const said of [await ask(source, "db"), await ask(secrets, "db"), await ask(parameters, "/db")]) {
        expect(said).toHaveProperty("failure", expect.any(String));
        expect(JSON.stringify(said)).not.toContain(canary);
      }
    }),
    { numRuns: 60 },
  );
});

test("a name of an error that nobody documents is not handed on", async () => {
  const { fake, source } = await withFakeAgent();
  await fake.server.inject(serviceError(400, "hunter", "x"));
  expect(JSON.stringify(await ask(source, "db"))).not.toContain("hunter");
});

test("where nothing listens, the advice names the port", async () => {
  const port = await freePort();
  for (const url of [localUrl(port), `http://127.0.0.1:${port}`]) {
    expect(await ask(awsSecretsAgent({ url, token: () => "x" }), "db")).toMatchObject({
      failure: "unavailable",
      advice: expect.stringContaining(`port ${port}`),
      native: { code: "ECONNREFUSED" },
    });
  }
});

test("a name service that has localhost elsewhere is not asked", async () => {
  const { fake, source } = await withFakeAgent();
  fake.service.put("db", "1");
  const lookup = vi.spyOn(dns, "lookup");
  onTestFinished(() => lookup.mockRestore());
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(lookup.mock.calls.filter(([name]) => name === "localhost")).toEqual([]);
});

test("the agent of all other requests, which may lead to a proxy, is not used", async () => {
  const { fake, source } = await withFakeAgent();
  fake.service.put("db", "1");
  const connections = vi.spyOn(globalAgent, "createConnection");
  onTestFinished(() => connections.mockRestore());
  expect(await ask(source, "db")).toMatchObject({ payload: "1" });
  expect(connections).not.toHaveBeenCalled();
  expect(fake.server.requests[0]?.headers.connection).toBe("close");
});

describe("the extension", () => {
  test("is not ready while the function starts, and is then", async () => {
    const { fake, secrets, parameters } = await withFakeExtension();
    fake.secrets.put("db", "1");
    fake.parameters.put("/db", "2");
    fake.isReady = false;
    const notReady = { failure: "unavailable", advice: expect.stringContaining("first invocation") };
    expect(await ask(secrets, "db")).toMatchObject(notReady);
    expect(await ask(parameters, "/db")).toMatchObject(notReady);
    fake.isReady = true;
    expect(await ask(secrets, "db")).toMatchObject({ payload: "1" });
    expect(await ask(parameters, "/db")).toMatchObject({ payload: "2" });
  });

  test("does not say why it failed: that is unknown, and never absent", async () => {
    const { fake, secrets, parameters } = await withFakeExtension();
    const noReason = { failure: "unknown", advice: expect.stringContaining("CloudWatch") };
    expect(await ask(secrets, "none")).toMatchObject(noReason);
    expect(await ask(parameters, "/none")).toMatchObject(noReason);
    fake.secrets.put("db", "1");
    fake.secrets.deny("GetSecretValue", "db");
    expect(await ask(secrets, "db")).toMatchObject(noReason);
  });

  test("lets neither a value nor its token out, read or failed", async () => {
    const { fake, secrets, parameters } = await withFakeExtension();
    fake.secrets.put("db", canary);
    fake.parameters.put("/db", canary);
    await assertLeaksNothing({ value: canary, token: fake.token }, async () => {
      const instance = createSecrets({ sources: { secrets, parameters }, default: "secrets" });
      const events: object[] = [];
      instance.on((event) => events.push(event));
      const reads = async (refresh: boolean) => {
        const one = await instance.getSecret("db", { refresh }).catch((error: unknown) => error);
        const other = await instance
          .getSecret("/db", { refresh, source: "parameters" })
          .catch((error: unknown) => error);
        return [one, other];
      };
      const seen = [await reads(false), await reads(true)];
      fake.token = `${fake.token} no more`;
      fake.expire();
      seen.push([await instance.getSecret("other").catch((error: unknown) => error)]);
      await instance.close();
      return { events, seen, secrets, parameters };
    });
  });

  test("does not accept another token", async () => {
    const { fake } = await withFakeExtension();
    const url = localUrl(fake.server.port);
    const source = awsSecretsAgent({ cache: "lambda-extension", url, token: () => "wrong" });
    expect(await ask(source, "db")).toMatchObject({ failure: "unauthenticated", native: { status: 401 } });
  });

  test.each([
    ["no JSON", "hunter2"],
    ["no parameter", '{"Parameter":null}'],
    ["another parameter", '{"Parameter":{"Name":"/other","Value":"hunter2","Version":1}}'],
  ])("that answers %s is corrupt", async (_what, body) => {
    const { fake, parameters } = await withFakeExtension();
    await fake.server.inject({ body });
    const said = await ask(parameters, "/db");
    expect(said).toMatchObject({ failure: "payload-corrupt" });
    expect(JSON.stringify(said)).not.toContain("hunter2");
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}
