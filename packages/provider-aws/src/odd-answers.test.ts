import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { ask, askBatch, askProbe } from "../test/ask.ts";
import { testCredentials } from "../test/json-service.ts";
import { withFake } from "../test/with-fake.ts";
import { localUrl, withFakeAgent, withFakeExtension } from "../test/with-fake-agent.ts";
import { withFakeParameters } from "../test/with-fake-parameters.ts";
import { awsFailure } from "./aws-failures.ts";
import { awsParameterStore, awsSecretsAgent, awsSecretsManager } from "./index.ts";

const id = "11111111-1111-4111-8111-111111111111";
const otherId = "22222222-2222-4222-8222-222222222222";
const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
const secret = {
  ARN: arn,
  Name: "db",
  VersionId: id,
  VersionStages: ["AWSCURRENT"],
  SecretString: "v",
  CreatedDate: 1,
};
const parameter = { Name: "/db", Type: "String", Value: "v", Version: 1, LastModifiedDate: 1 };
const corrupt = { failure: "payload-corrupt" };

test.each([
  ["a number as text", { ...secret, SecretString: 42 }],
  ["an object as text", { ...secret, SecretString: { a: 1 } }],
  ["a number as bytes", { ...secret, SecretString: null, SecretBinary: 5 }],
  ["no bytes at all", { ...secret, SecretString: null, SecretBinary: "" }],
  ["an empty text", { ...secret, SecretString: "" }],
  ["a number as version", { ...secret, VersionId: 42 }],
  ["a number as ARN", { ...secret, ARN: 42 }],
  ["labels that are no list", { ...secret, VersionStages: 5 }],
  ["a label in place of the list", { ...secret, VersionStages: "AWSCURRENT" }],
])("an answer of Secrets Manager with %s is none, in a batch neither", async (_what, body) => {
  const { server, source } = await withFake();
  await server.inject({ body: JSON.stringify(body) });
  expect(await ask(source, "db")).toMatchObject(corrupt);
  await server.heal();
  await server.inject({ body: JSON.stringify({ SecretValues: [null, body], Errors: [null] }) });
  expect(await askBatch(source, ["db"])).toEqual(["alone"]);
});

test.each([
  ["a number as value", { ...parameter, Value: 5 }],
  ["an empty value", { ...parameter, Value: "" }],
  ["a text as version", { ...parameter, Version: "what may be a value" }],
  ["nothing", null],
])("an answer of Parameter Store with %s is none, in a batch neither", async (_what, body) => {
  const { server, source } = await withFakeParameters();
  await server.inject({ body: JSON.stringify({ Parameter: body }) });
  expect(await ask(source, "/db")).toMatchObject(corrupt);
  await server.heal();
  await server.inject({ body: JSON.stringify({ Parameters: [body] }) });
  expect(await askBatch(source, ["/db"])).toEqual(["alone"]);
});

test("lists that are none, and one parameter twice, are read one by one", async () => {
  const { server, source } = await withFakeParameters();
  for (const body of [
    { Parameters: 5, InvalidParameters: "/db" },
    { Parameters: [parameter, { ...parameter, Version: 2 }] },
  ]) {
    await server.inject({ body: JSON.stringify(body) });
    expect(await askBatch(source, ["/db"])).toEqual(["alone"]);
    await server.heal();
  }
  const secrets = await withFake();
  await secrets.server.inject({ body: '{"SecretValues":5,"Errors":"x"}' });
  expect(await askBatch(secrets.source, ["db"])).toEqual(["alone"]);
});

test("a date out of range is left away, and is no reason to fail", async () => {
  const { server, source } = await withFake({ rotationDates: true });
  const description = { VersionIdsToStages: { [id]: ["AWSCURRENT"] }, RotationEnabled: true, NextRotationDate: 1e300 };
  await server.inject({ body: JSON.stringify({ ...secret, ...description, CreatedDate: 1e300 }) });
  expect(await ask(source, "db")).toEqual({ payload: "v", version: id, metadata: { arn } });
});

test("a description whose labels are no list has no versions", async () => {
  const { server, source } = await withFake();
  await server.inject({ body: JSON.stringify({ ...secret, VersionIdsToStages: { [id]: 5 } }) });
  expect(await askProbe(source, "db")).toMatchObject({ failure: "version-not-found" });
});

test("an answer about another version than the one of the id is refused, whoever gives it", async () => {
  const secrets = await withFake();
  await secrets.server.inject({ body: JSON.stringify({ ...secret, VersionId: otherId }) });
  expect(await ask(secrets.source, "db", { id })).toMatchObject(corrupt);
  const parameters = await withFakeParameters();
  await parameters.server.inject({ body: JSON.stringify({ Parameter: { ...parameter, Version: 9 } }) });
  expect(await ask(parameters.source, "/db", { id: "1" })).toMatchObject(corrupt);
  const agent = await withFakeAgent();
  await agent.fake.server.inject({ body: JSON.stringify({ ...secret, VersionId: otherId, CreatedDate: "1" }) });
  expect(await ask(agent.source, "db", { id })).toMatchObject(corrupt);
});

test("an answer that does not say it is of the label that was asked for is refused, whoever gives it", async () => {
  const label = { label: "blue" };
  const secrets = await withFake();
  for (const VersionStages of [["AWSCURRENT"], [], undefined, "blue"]) {
    await secrets.server.inject({ body: JSON.stringify({ ...secret, VersionStages }) });
    expect(await ask(secrets.source, "db", label)).toMatchObject(corrupt);
    await secrets.server.heal();
  }
  await secrets.server.inject({ body: JSON.stringify({ ...secret, VersionStages: ["green", "blue"] }) });
  expect(await ask(secrets.source, "db", label)).toMatchObject({ payload: "v" });
  const agent = await withFakeAgent();
  await agent.fake.server.inject({ body: JSON.stringify({ ...secret, CreatedDate: "1" }) });
  expect(await ask(agent.source, "db", label)).toMatchObject(corrupt);
  const parameters = await withFakeParameters();
  for (const Selector of [":green", ":1", "blue", undefined]) {
    await parameters.server.inject({ body: JSON.stringify({ Parameter: { ...parameter, Selector } }) });
    expect(await ask(parameters.source, "/db", label)).toMatchObject(corrupt);
    await parameters.server.heal();
  }
  await parameters.server.inject({ body: JSON.stringify({ Parameter: { ...parameter, Selector: ":blue" } }) });
  expect(await ask(parameters.source, "/db", label)).toMatchObject({ payload: "v" });
  const extension = await withFakeExtension();
  const { server } = extension.fake;
  await server.inject({
    body: JSON.stringify({ Parameter: { ...parameter, LastModifiedDate: "2026-01-01T00:00:00Z" } }),
  });
  expect(await ask(extension.parameters, "/db", label)).toMatchObject(corrupt);
});

test.each(["name", "Name"] as const)(
  "a reference that is answered with another version than the current one is refused (%s)",
  async (written) => {
    const { server, source } = await withFakeParameters();
    const name = "/aws/reference/secretsmanager/db";
    const [version, stages] = written === "name" ? ["versionId", "versionStages"] : ["VersionId", "VersionStages"];
    const answer = (labels: unknown) => ({
      ...{ ...parameter, Name: name, Version: 0 },
      SourceResult: JSON.stringify({ [written]: "db", [version]: id, [stages]: labels }),
    });
    for (const labels of [["AWSPREVIOUS"], []]) {
      await server.inject({ body: JSON.stringify({ Parameter: answer(labels) }) });
      expect(await ask(source, name)).toMatchObject(corrupt);
      await server.heal();
    }
    await server.inject({ body: JSON.stringify({ Parameter: answer(["AWSCURRENT"]) }) });
    expect(await ask(source, name)).toMatchObject({ payload: "v", version: id });
  },
);

test("pages of a tree that lead in a circle end", async () => {
  const { server, source, calls } = await withFakeParameters();
  const leadsTo = async (from: string | undefined, to: string) =>
    server.inject(
      { body: JSON.stringify({ Parameters: [], NextToken: to }) },
      { where: ({ text }) => (JSON.parse(text) as { NextToken?: string }).NextToken === from },
    );
  await leadsTo(undefined, "A");
  await leadsTo("A", "B");
  await leadsTo("B", "A");
  expect(await ask(source, "/app/")).toMatchObject(corrupt);
  expect(calls()).toHaveLength(3);
});

test("an expiry policy is found behind an empty page", async () => {
  const { fake, server, source } = await withFakeParameters({ expiryDates: true });
  fake.put("/db", "1");
  fake.expires("/db", "2030-11-01T00:00:00.000Z");
  await server.inject(
    { body: '{"Parameters":[],"NextToken":"more"}' },
    { where: ({ text }) => text.includes("ParameterFilters") && !text.includes("NextToken") },
  );
  expect(await ask(source, "/db")).toMatchObject({ payload: "1", validUntil: Date.UTC(2030, 10, 1) });
});

test.each(["-", "evil-", "1", "a".repeat(70)])(
  "an ARN of the region %s is refused, and nothing is asked",
  async (region) => {
    const options = { region: "eu-west-1", credentials: testCredentials };
    const refused = { failure: "invalid-request", advice: expect.stringContaining("The ARN of a ") };
    const ofSecret = `arn:aws:secretsmanager:${region}:123456789012:secret:db-AbCdEf`;
    expect(await ask(awsSecretsManager(options), ofSecret)).toMatchObject(refused);
    const ofParameter = `arn:aws:ssm:${region}:123456789012:parameter/db`;
    expect(await ask(awsParameterStore(options), ofParameter)).toMatchObject(refused);
  },
);

test("what is called an action or an id in an error is handed on only where it is one", () => {
  const failed = (action: string) =>
    awsFailure({
      name: "AccessDeniedException",
      message: `User: x is not authorized to perform: ${action} on resource: y`,
      $metadata: { httpStatusCode: 400, requestId: "kXqzpRVwTbNsHdJm" },
    });
  expect(JSON.stringify([failed("kms:KxQzpRVwTbNsHdJm"), failed("ssm:GetParameterKxQzpRVwTb")])).not.toMatch(
    /qzpRVwTb/i,
  );
  expect(failed("ssm:GetParameters")?.advice).toContain("`ssm:GetParameters`");
});

test.each(["InvalidIdentityToken", "InvalidIdentityTokenException", "IDPRejectedClaim", "IDPRejectedClaimException"])(
  "%s of STS is about the web identity token",
  (name) => {
    expect(awsFailure({ name, message: "no", $metadata: { httpStatusCode: 400 } })).toMatchObject({
      failure: "unauthenticated",
      advice: expect.stringContaining("AWS_WEB_IDENTITY_TOKEN_FILE"),
    });
  },
);

test("who changes the protocol is no agent, and the read ends", async () => {
  const answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n";
  const server = createServer((socket) => socket.on("error", () => {}).once("data", () => socket.write(answer)));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { readonly port: number };
  const source = awsSecretsAgent({ url: localUrl(port), token: () => "t" });
  expect(await ask(source, "db")).toMatchObject({ failure: "unavailable" });
});

test("port 0 is none", () => {
  expect(() => awsSecretsAgent({ url: localUrl(0) })).toThrow(expect.objectContaining({ code: "invalid-options" }));
});
