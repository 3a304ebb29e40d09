import { expect, test } from "vitest";
import { ask } from "../test/ask.ts";
import { errorAnswer } from "../test/json-service.ts";
import { withFake } from "../test/with-fake.ts";
import { awsFailure } from "./aws-failures.ts";
import { failureOfName } from "./failure-names.ts";

const canary = "kX7qzpR2V9wT4bN8sHd5Jm";

interface Answered {
  readonly status?: number;
  readonly type?: string;
  readonly message?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a read says when the service answers this. */
async function answered({ status = 400, type, message = canary, body, headers = {} }: Answered) {
  const { server, source } = await withFake();
  await server.inject({ status, headers, body: body ?? JSON.stringify({ __type: type, message, canary }) });
  const failure = await ask(source, "db");
  expect(JSON.stringify(failure)).not.toContain(canary);
  return failure;
}

test.each([
  ["ResourceNotFoundException", "Secrets Manager can't find the specified secret.", "not-found"],
  ["ResourceNotFoundException", "… the specified secret value for staging label: AWSPENDING", "version-not-found"],
  ["com.amazonaws.secretsmanager#ResourceNotFoundException", "can't find", "not-found"],
  ["AccessDeniedException", "no", "access-denied"],
  ["AccessDeniedException", "Access to KMS is not allowed", "decryption-failed"],
  ["DecryptionFailure", "no", "decryption-failed"],
  ["InvalidRequestException", "… because it was marked for deletion.", "deleted"],
  ["InvalidParameterException", "no", "invalid-request"],
  ["ExpiredTokenException", "no", "unauthenticated"],
  ["UnrecognizedClientException", "no", "unauthenticated"],
  ["ThrottlingException", "Rate exceeded", "throttled"],
  ["InternalServiceError", "no", "unavailable"],
])("%s (%s) is %s", async (type, message, failure) => {
  expect(await answered({ type, message: `${message} ${canary}` })).toMatchObject({ failure });
});

test.each([
  [{ status: 429, body: "" }, "throttled"],
  [{ status: 503, body: "" }, "unavailable"],
  [{ status: 500, type: canary }, "unavailable"],
  [{ status: 404, body: `<html>${canary}</html>` }, "unavailable"],
  [{ status: 404, body: "{}" }, "unavailable"],
  [{ status: 403, body: `<html>${canary}</html>` }, "unavailable"],
  [{ status: 403, type: canary }, "access-denied"],
  [{ status: 401, type: canary }, "unauthenticated"],
  [{ status: 400, type: canary }, "invalid-request"],
  [{ status: 302, body: "", headers: { location: "http://127.0.0.1:1/" } }, "unavailable"],
  [{ status: 200, body: `<html>${canary}</html>` }, "payload-corrupt"],
  [{ status: 200, body: "{}" }, "payload-corrupt"],
  [{ status: 200, body: "" }, "payload-corrupt"],
  [{ status: 200, body: `{"ARN":"a","Name":"db","VersionId":"v","SecretString":"${canary}` }, "payload-corrupt"],
] as const)("where no name says it, %j is %s", async (answer, failure) => {
  expect(await answered(answer)).toMatchObject({ failure });
});

test("how long to wait is handed on in ms, and never made up", async () => {
  const headers = { "retry-after": "7" };
  expect(await answered({ status: 429, body: "", headers })).toMatchObject({ retryAfterMs: 7000 });
  expect(await answered({ status: 503, body: "", headers: { "x-amz-retry-after": "1500" } })).toMatchObject({
    retryAfterMs: 1500,
  });
  expect(await answered({ status: 429, body: "", headers: { "retry-after": canary } })).not.toHaveProperty(
    "retryAfterMs",
  );
  expect(await answered({ status: 429, body: "" })).not.toHaveProperty("retryAfterMs");
});

test.each([
  [
    "ResourceNotFoundException",
    {},
    "not-found",
    /^It is not in `eu-west-1`.*check the name, the region and the account/,
  ],
  ["ParameterVersionNotFound", {}, "version-not-found", /no version of it/],
  ["InternalServiceError", { status: 500 }, "unavailable", /^`HOST` is out of order.*but wait.*Health Dashboard/],
  ["IDPCommunicationError", {}, "unavailable", /identity provider/],
  [undefined, { status: 503, body: "" }, "unavailable", /^`HOST`, or a proxy before it, .*Health Dashboard/],
  ["ThrottlingException", {}, "throttled", /10,000 reads or 100 batches.*`ttl`.*Service Quotas/],
  [undefined, { status: 429, body: "" }, "throttled", /`ttl`/],
  ["InvalidParameterException", {}, "invalid-request", /how the name is written/],
  [canary, { status: 401 }, "unauthenticated", /no proxy that wants a login/],
] as const)("what to do about %s, %j", async (type, answer, failure, advice) => {
  const said = (await answered({ ...(type && { type }), ...answer })) as { advice: string };
  expect(said).toMatchObject({ failure });
  expect(said.advice.replace(/127\.0\.0\.1:\d+/, "HOST")).toMatch(advice);
});

test("of the service's identifiers those that it documents are kept", async () => {
  const headers = { "x-amzn-requestid": "5f642215-959a-11e8-bfd1-81a81941d54a" };
  expect(await answered({ type: "DecryptionFailure", headers })).toMatchObject({
    native: { name: "DecryptionFailure", status: 400, requestId: headers["x-amzn-requestid"] },
  });
  expect(await answered({ type: canary, headers: { "x-amzn-requestid": `${canary} ${canary}` } })).toEqual({
    failure: "invalid-request",
    advice: expect.any(String),
    native: { status: 400 },
  });
});

test("a store that is not there is unavailable, and the endpoint is named", async () => {
  const { server, source } = await withFake();
  const { host } = new URL(server.url);
  await server.inject("reset-after", { times: 1 });
  expect(await ask(source, "db")).toMatchObject({ failure: "unavailable", native: { code: "ECONNRESET" } });
  expect(server.requests).toHaveLength(1);
  await server.inject("down");
  expect(await ask(source, "db")).toMatchObject({
    failure: "unavailable",
    advice: `The connection to \`${host}\` failed: check the network and the endpoint.`,
    native: { code: "ECONNREFUSED" },
  });
});

test.each(["InternalServiceError", "ThrottlingException", "ExpiredTokenException", "AccessDeniedException"])(
  "one read is one request, also when the answer is %s",
  async (type) => {
    const { server, source } = await withFake();
    await server.inject(errorAnswer(type, "no", type.startsWith("Internal") ? 500 : 400));
    await ask(source, "db");
    expect(server.requests).toHaveLength(1);
  },
);

test("every documented name has its code; what is no error of the SDK has none", () => {
  for (const [name, failure] of failureOfName) {
    const said = awsFailure(Object.assign(new Error(canary), { name, $metadata: { httpStatusCode: 400 } }));
    const advice = expect.stringMatching(/[.?]$/);
    expect(said, name).toMatchObject({ failure, advice, native: { name, status: 400 } });
    expect(JSON.stringify(said)).not.toContain(canary);
  }
  for (const thrown of [undefined, null, canary, new Error(canary), new TypeError("x is not a function"), {}]) {
    expect(awsFailure(thrown)).toBeUndefined();
  }
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error(canary);
      },
    },
  );
  expect(awsFailure(hostile)).toBeUndefined();
});
