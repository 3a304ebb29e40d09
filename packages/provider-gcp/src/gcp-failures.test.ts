import { SecretManagerServiceClient } from "@google-cloud/secret-manager";
import { googleAuthLibrary } from "google-gax";
import { describe, expect, test } from "vitest";
import { ask } from "../test/ask.ts";
import { errorAnswer } from "../test/fake/rest-server.ts";
import { RpcError } from "../test/fake/rpc-error.ts";
import { withGrpc, withRest } from "../test/with-fake.ts";
import { gcpCalls } from "./gcp-call.ts";
import { gcpFailure } from "./gcp-failures.ts";
import { gcpSecretManager } from "./index.ts";
import { type StatusName, statusCodes } from "./status-codes.ts";

const canary = "kX7qzpR2V9wT4bN8sHd5Jm";

/** What a read says when the service answers this over gRPC, and over REST. */
async function answered(error: RpcError) {
  const grpc = await withGrpc();
  grpc.server.fault = error;
  const rest = await withRest();
  await rest.server.inject(errorAnswer(error));
  const failures = [await ask(grpc.source, "db"), await ask(rest.source, "db")];
  expect(JSON.stringify(failures)).not.toContain(canary);
  expect([grpc.server.calls.length, rest.server.requests.length]).toEqual([1, 1]);
  return failures;
}

const both = (expected: object) => [expect.objectContaining(expected), expect.objectContaining(expected)];
const codes: Readonly<Record<StatusName, string>> = {
  CANCELLED: "unavailable",
  UNKNOWN: "unavailable",
  INVALID_ARGUMENT: "invalid-request",
  DEADLINE_EXCEEDED: "timeout",
  NOT_FOUND: "not-found",
  ALREADY_EXISTS: "invalid-request",
  PERMISSION_DENIED: "access-denied",
  RESOURCE_EXHAUSTED: "throttled",
  FAILED_PRECONDITION: "invalid-request",
  ABORTED: "unavailable",
  OUT_OF_RANGE: "invalid-request",
  UNIMPLEMENTED: "unsupported",
  INTERNAL: "unavailable",
  UNAVAILABLE: "unavailable",
  DATA_LOSS: "payload-corrupt",
  UNAUTHENTICATED: "unauthenticated",
};

describe("on either transport", () => {
  test.each(Object.entries(codes) as [StatusName, string][])("%s is %s", async (status, failure) => {
    const failures = await answered(new RpcError(status, canary));
    const advice = expect.stringMatching(/[.?]$/);
    expect(failures).toEqual(both({ failure, advice, native: expect.objectContaining({ name: status }) }));
  });

  test.each([
    ["NOT_FOUND", "Secret [projects/1/secrets/db] not found or has no versions.", "not-found", "no version yet"],
    ["NOT_FOUND", "Secret Version [projects/1/secrets/db/versions/7] not found.", "version-not-found", "versions list"],
    ["FAILED_PRECONDITION", "Secret Version [projects/1/…] is in DISABLED state.", "disabled", "versions enable"],
    ["FAILED_PRECONDITION", "Secret Version [projects/1/…] is in DESTROYED state.", "deleted", "for good"],
    [
      "FAILED_PRECONDITION",
      "Cloud KMS key projects/1/…/cryptoKeys/k is disabled",
      "decryption-failed",
      "service agent",
    ],
    [
      "PERMISSION_DENIED",
      "no",
      "access-denied",
      "`secretmanager.versions.access` (roles/secretmanager.secretAccessor)",
    ],
    [
      "PERMISSION_DENIED",
      "Permission 'secretmanager.versions.list' denied for",
      "access-denied",
      "`secretmanager.versions.list`",
    ],
    [
      "PERMISSION_DENIED",
      "API has not been used in project 1 before or it is disabled",
      "access-denied",
      "gcloud services enable",
    ],
    ["PERMISSION_DENIED", "This API method requires billing to be enabled.", "access-denied", "billing account"],
    ["PERMISSION_DENIED", "Request had insufficient authentication scopes.", "access-denied", "access scopes"],
  ] as const)("%s (%s) is %s", async (status, text, failure, advice) => {
    const failures = await answered(new RpcError(status, `${text} ${canary}`));
    expect(failures).toEqual(both({ failure, advice: expect.stringContaining(advice) }));
  });

  test.each([
    ["PERMISSION_DENIED", "SERVICE_DISABLED", "gcloud services enable secretmanager.googleapis.com"],
    ["PERMISSION_DENIED", "BILLING_DISABLED", "billing account"],
    ["PERMISSION_DENIED", "CONSUMER_INVALID", "`projectId`"],
    ["PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "access scopes"],
    ["PERMISSION_DENIED", "USER_PROJECT_DENIED", "serviceusage.services.use"],
    ["PERMISSION_DENIED", "SECURITY_POLICY_VIOLATED", "perimeter"],
    ["UNAUTHENTICATED", "ACCESS_TOKEN_EXPIRED", "has expired"],
    ["UNAUTHENTICATED", "CREDENTIALS_MISSING", "without a token"],
    ["UNAUTHENTICATED", "ACCOUNT_STATE_INVALID", "disabled or deleted"],
    ["UNAUTHENTICATED", "ACCESS_TOKEN_TYPE_UNSUPPORTED", "no ID tokens"],
    ["UNAUTHENTICATED", canary, "log in again"],
  ] as const)("%s with the reason %s", async (status, reason, advice) => {
    const failures = await answered(new RpcError(status, canary, { info: { reason, metadata: { consumer: canary } } }));
    expect(failures).toEqual(both({ advice: expect.stringContaining(advice) }));
  });

  test("the permission that the service names is the one that the advice names, if it looks like one", async () => {
    const denied = (permission: string) =>
      new RpcError("PERMISSION_DENIED", canary, {
        info: { reason: "IAM_PERMISSION_DENIED", metadata: { permission } },
      });
    expect(await answered(denied("secretmanager.locations.get"))).toEqual(
      both({ advice: expect.stringContaining("Grant `secretmanager.locations.get` on") }),
    );
    expect(await answered(denied(`secretmanager.${canary}`))).toEqual(
      both({ advice: expect.stringContaining("Grant `secretmanager.versions.access`") }),
    );
  });

  test.each(["billing-key", "KMS", "DISABLED", "DESTROYED", "cryptoKey"])(
    "the name %s of a secret says nothing about the failure",
    async (name) => {
      const resource = `projects/my-billing/secrets/${name}/versions/1`;
      const denied = new RpcError("PERMISSION_DENIED", `Permission 'x' denied for resource '${resource}'.`, {
        info: { reason: "IAM_PERMISSION_DENIED", metadata: { permission: "secretmanager.versions.access" } },
      });
      expect(await answered(denied)).toEqual(
        both({ advice: expect.stringContaining("Grant `secretmanager.versions.access`") }),
      );
      for (const [state, failure] of [
        ["DISABLED", "disabled"],
        ["DESTROYED", "deleted"],
      ]) {
        const text = `Secret Version [${resource}] is in ${state} state.`;
        expect(await answered(new RpcError("FAILED_PRECONDITION", text))).toEqual(both({ failure }));
      }
      const absent = new RpcError("NOT_FOUND", `Secret Version [${resource}] not found.`);
      expect(await answered(absent)).toEqual(both({ failure: "version-not-found" }));
    },
  );

  test("how long to wait is handed on in ms, and never made up", async () => {
    const waiting = await answered(new RpcError("RESOURCE_EXHAUSTED", "", { retryAfterSeconds: 7 }));
    expect(waiting.map((one) => (one as { retryAfterMs?: number }).retryAfterMs)).toEqual([7000, 7000]);
    for (const failure of await answered(new RpcError("RESOURCE_EXHAUSTED", ""))) {
      expect(failure).not.toHaveProperty("retryAfterMs");
    }
    const dayMs = 86_400_000;
    const days = await answered(new RpcError("RESOURCE_EXHAUSTED", "", { retryAfterSeconds: 30 * 86_400 }));
    expect(days).toEqual(both({ retryAfterMs: dayMs }));
    for (const failure of await answered(new RpcError("RESOURCE_EXHAUSTED", "", { retryAfterSeconds: -7 }))) {
      expect(failure).not.toHaveProperty("retryAfterMs");
    }
  });
});

test.each([
  [
    { status: 429, headers: { "retry-after": "7" } },
    { failure: "throttled", retryAfterMs: 7000 },
  ],
  [{ status: 403, body: `<html>${canary}</html>` }, { failure: "unavailable" }],
  [{ status: 404, body: `{"message":"${canary}"}` }, { failure: "unavailable" }],
  [{ status: 404, body: `{"error":"${canary}"}` }, { failure: "unavailable" }],
  [{ status: 401, body: "" }, { failure: "unavailable" }],
  [{ status: 500, body: canary }, { failure: "unavailable" }],
  [{ status: 302, headers: { location: "http://127.0.0.1:1/" } }, { failure: "unavailable" }],
  [{ status: 200, body: `<html>${canary}</html>` }, { failure: "payload-corrupt" }],
  [{ status: 200, body: "" }, { failure: "payload-corrupt" }],
  [{ status: 200, body: "[]" }, { failure: "payload-corrupt" }],
  [{ status: 200, body: "{}" }, { failure: "payload-corrupt" }],
  [{ status: 200, body: `{"name":"${canary}","payload":{"data":"b25l"}}` }, { failure: "payload-corrupt" }],
  [{ status: 200, body: `{"name":7,"payload":{"data":{"${canary}":1}}}` }, { failure: "payload-corrupt" }],
  [{ status: 204 }, { failure: "payload-corrupt" }],
])("over REST, the answer %j of something else is %j", async (answer, expected) => {
  const { server, source } = await withRest();
  await server.inject(answer);
  const failure = await ask(source, "db");
  expect(failure).toMatchObject({ ...expected });
  expect(JSON.stringify(failure)).not.toContain(canary);
  expect(failure).not.toHaveProperty("native.name");
});

test("over REST by a client of the user's own, a page in place of an answer is none of the service", async () => {
  const { server } = await withRest();
  const client = new SecretManagerServiceClient({
    fallback: true,
    protocol: "http",
    apiEndpoint: "127.0.0.1",
    port: server.port,
    authClient: new googleAuthLibrary.PassThroughClient(),
  });
  const source = gcpSecretManager({ client, projectId: "p" });
  await server.inject({ status: 404, body: `<html>${canary}</html>` }, { times: 1 });
  await server.inject({ status: 200, body: `<html>${canary}</html>` }, { times: 1 });
  const failures = [await ask(source, "db"), await ask(source, "db"), await ask(source, "db")];
  expect(failures.map(({ failure }) => failure)).toEqual(["unavailable", "payload-corrupt", "not-found"]);
  expect(JSON.stringify(failures)).not.toContain(canary);
  await client.close();
});

test("what is no error of the SDK has no name", () => {
  const call = gcpCalls.accessSecretVersion;
  const strange = [
    undefined,
    null,
    canary,
    new Error(canary),
    new TypeError("x is not a function"),
    {},
    { code: canary },
  ];
  strange.push(new Error(canary, { cause: new Error(canary) }));
  for (const thrown of [...strange, { code: 0 }, { code: 99 }]) expect(gcpFailure(thrown, call)).toBeUndefined();
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error(canary);
      },
    },
  );
  expect(gcpFailure(hostile, call)).toBeUndefined();
  expect(Object.keys(codes)).toEqual(Object.keys(statusCodes));
});
